package dev.millrace.provider.sandbox;

import dev.millrace.provider.MediaCall;
import java.util.stream.Stream;

/** What is to be done with the files that come with a call, as the model's name and the files' roles tell. */
enum Operation {
    /** Something new. */
    CREATE,
    /** Changed as the prompt asks. */
    EDIT,
    /** The same, larger. */
    ENLARGE,
    /** The same without its background. */
    CUT_OUT,
    /** The same with more around it, or behind it in time. */
    WIDEN,
    /** Learnt, to be drawn again. */
    LEARN;

    /** For a picture. */
    static Operation ofPicture(MediaCall call) {
        String model = call.upstreamModel();
        var fields = new Fields(call.parameters());
        if (names(model, "soul-id")) {
            return LEARN;
        }
        if (call.input("image").isEmpty() && call.input("images").isEmpty()) {
            return CREATE;
        }
        if (names(model, "bg-remove", "background", "cutout")) {
            return CUT_OUT;
        }
        if (names(model, "upscale", "upsample", "enhance")) {
            return ENLARGE;
        }
        boolean wider = names(model, "outpaint", "/pan", "expand", "reframe")
                || !fields.first("zoomRatio", "direction").isMissingNode();
        return wider ? WIDEN : EDIT;
    }

    /** For a film. */
    static Operation ofFilm(MediaCall call) {
        String model = call.upstreamModel();
        if (call.input("video").isEmpty() || names(model, "reference", "r2v")) {
            return CREATE;
        }
        if (names(model, "upscale", "enhance")) {
            return ENLARGE;
        }
        return names(model, "extend") ? WIDEN : EDIT;
    }

    private static boolean names(String model, String... parts) {
        return Stream.of(parts).anyMatch(model::contains);
    }
}
