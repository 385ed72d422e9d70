package dev.millrace.admission;

import java.util.Optional;
import java.util.Set;

/** What a parameter that names a file wants it to be. */
public enum InputKind {
    IMAGE(Set.of("image/png", "image/jpeg", "image/webp", "image/gif")),
    VIDEO(Set.of("video/mp4", "video/quicktime", "video/webm")),
    AUDIO(Set.of("audio/mpeg", "audio/wav", "audio/flac", "audio/ogg", "audio/mp4", "video/mp4", "video/webm"));

    private static final Set<String> IMAGE_ROLES = Set.of("image", "images", "end_image", "mask", "reference_images");

    private final Set<String> types;

    InputKind(Set<String> types) {
        this.types = types;
    }

    /** Whether a file whose bytes are of this type will do; a film has a sound too. */
    public boolean takes(String contentType) {
        return types.contains(contentType);
    }

    /** What will do, for people. */
    String described() {
        return switch (this) {
            case IMAGE -> "a PNG, JPEG, WebP or GIF image";
            case VIDEO -> "an MP4, MOV or WebM video";
            case AUDIO -> "an MP3, WAV, FLAC, OGG or M4A sound";
        };
    }

    /** The kind of file that a role asks for; empty for a role that asks for none. */
    static Optional<InputKind> ofRole(String role) {
        return switch (role) {
            case "video" -> Optional.of(VIDEO);
            case "audio" -> Optional.of(AUDIO);
            default -> IMAGE_ROLES.contains(role) ? Optional.of(IMAGE) : Optional.empty();
        };
    }
}
