package dev.millrace.provider.sandbox.paint;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes a canvas as a file's bytes. */
public final class ImageFile {
    private static final float JPEG_QUALITY = 0.92f;

    private ImageFile() {}

    public static byte[] png(Canvas canvas) {
        return PngWriter.write(canvas);
    }

    public static byte[] png(BufferedImage image) {
        return PngWriter.write(image);
    }

    public static byte[] webp(BufferedImage image) {
        return WebpWriter.write(image);
    }

    public static byte[] jpeg(Canvas canvas) {
        var image = new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, canvas.width(), canvas.height(), canvas.pixels(), 0, canvas.width());
        return jpeg(image);
    }

    /** @param image without clear parts, which this format has no way to write */
    public static byte[] jpeg(BufferedImage image) {
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream(1 << 19);
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(JPEG_QUALITY);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
