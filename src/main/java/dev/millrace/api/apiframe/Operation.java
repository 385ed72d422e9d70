package dev.millrace.api.apiframe;

import dev.millrace.meter.Modality;
import java.util.Optional;

/** A route that takes a model's name: what its models make, and where the prompt stands in its bodies. */
enum Operation {
    IMAGES_GENERATE("images/generate", Modality.IMAGE, true, "Generate images"),
    IMAGES_UPSCALE("images/upscale", Modality.IMAGE, false, "Upscale an image"),
    IMAGES_EDIT("images/edit", Modality.IMAGE, false, "Edit an image"),
    BACKGROUND_REMOVE("images/background-remove", Modality.IMAGE, false, "Remove the background of an image"),
    VIDEOS_GENERATE("videos/generate", Modality.VIDEO, true, "Generate a video"),
    VIDEOS_UPSCALE("videos/upscale", Modality.VIDEO, false, "Upscale a video"),
    VIDEOS_EDIT("videos/edit", Modality.VIDEO, true, "Edit a video"),
    MUSIC_GENERATE("music/generate", Modality.MUSIC, true, "Generate music");

    private final String fact;
    private final Modality modality;
    private final boolean promptOutside;
    private final String summary;

    Operation(String fact, Modality modality, boolean promptOutside, String summary) {
        this.fact = fact;
        this.modality = modality;
        this.promptOutside = promptOutside;
        this.summary = summary;
    }

    /** The name in the catalogue, which is the path below {@code /v2/}. */
    String fact() {
        return fact;
    }

    String path() {
        return "/v2/" + fact;
    }

    Modality modality() {
        return modality;
    }

    /** Whether the prompt stands beside the block of parameters and not in it. */
    boolean promptOutside() {
        return promptOutside;
    }

    String summary() {
        return summary;
    }

    static Optional<Operation> named(String fact) {
        for (Operation operation : values()) {
            if (operation.fact.equals(fact)) {
                return Optional.of(operation);
            }
        }
        return Optional.empty();
    }

    /** Where a model of this kind is reached that knows nothing of this dialect; empty for what makes text. */
    static Optional<Operation> generating(Modality modality) {
        return switch (modality) {
            case IMAGE -> Optional.of(IMAGES_GENERATE);
            case VIDEO -> Optional.of(VIDEOS_GENERATE);
            case MUSIC, SPEECH -> Optional.of(MUSIC_GENERATE);
            case LANGUAGE, TRANSCRIPTION -> Optional.empty();
        };
    }
}
