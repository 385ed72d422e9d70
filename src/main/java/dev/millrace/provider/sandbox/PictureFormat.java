package dev.millrace.provider.sandbox;

import dev.millrace.provider.sandbox.edit.Sheets;
import dev.millrace.provider.sandbox.paint.ImageFile;
import java.awt.image.BufferedImage;

/** What kind of file a picture is wanted as. */
enum PictureFormat {
    PNG("image/png"),
    JPEG("image/jpeg"),
    WEBP("image/webp");

    private final String contentType;

    PictureFormat(String contentType) {
        this.contentType = contentType;
    }

    static PictureFormat of(Fields fields) {
        return switch (fields.text("output_format", "format", "response_format")) {
            case "jpeg", "jpg" -> JPEG;
            case "webp" -> WEBP;
            default -> PNG;
        };
    }

    String contentType() {
        return contentType;
    }

    byte[] file(BufferedImage picture) {
        return switch (this) {
            case PNG -> ImageFile.png(picture);
            case JPEG -> ImageFile.jpeg(Sheets.opaque(picture));
            case WEBP -> ImageFile.webp(picture);
        };
    }
}
