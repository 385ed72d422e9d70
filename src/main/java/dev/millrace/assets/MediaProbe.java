package dev.millrace.assets;

import java.io.IOException;
import java.nio.file.Path;

/** Reads size and length out of the heads of media files, without decoding anything. */
public final class MediaProbe {
    private MediaProbe() {}

    /**
     * What the file states; {@link MediaFacts#NONE} when its head can not be made out.
     *
     * @param contentType what its bytes are, as {@link ContentTypes} tells it
     * @throws IOException when the file can not be read
     */
    public static MediaFacts of(Path file, String contentType) throws IOException {
        try (FileBytes bytes = new FileBytes(file)) {
            return switch (contentType) {
                case "image/png" -> ImageHeads.png(bytes);
                case "image/jpeg" -> ImageHeads.jpeg(bytes);
                case "image/gif" -> ImageHeads.gif(bytes);
                case "image/webp" -> ImageHeads.webp(bytes);
                case "video/mp4", "video/quicktime", "audio/mp4" -> IsoMediaHead.read(bytes);
                case "video/webm" -> WebmHead.read(bytes);
                case "audio/wav" -> SoundHeads.wav(bytes);
                case "audio/flac" -> SoundHeads.flac(bytes);
                case "audio/mpeg" -> Mp3Head.read(bytes);
                case "audio/ogg" -> SoundHeads.ogg(bytes);
                default -> MediaFacts.NONE;
            };
        } catch (FileBytes.EndException truncated) {
            return MediaFacts.NONE;
        }
    }
}
