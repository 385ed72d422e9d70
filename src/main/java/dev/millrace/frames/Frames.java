package dev.millrace.frames;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * Makes JPEGs from films of H.264 in MP4. One at a time, on a platform thread of its own: decoding would hold up the virtual
 * threads that share the cores.
 */
public final class Frames implements AutoCloseable {
    private static final double FIRST = 0.1;
    private static final int COLUMNS = 5;
    private static final int ROWS = 5;
    private static final int TILE_WIDTH = 192;
    private static final float QUALITY = 0.88f;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(Thread.ofPlatform()
            .name("frames")
            .daemon()
            .priority(Thread.MIN_PRIORITY + 1)
            .factory());

    /** One frame from the beginning, behind what may be a black one; empty when the film can not be decoded. */
    public Optional<byte[]> thumbnail(Path film) {
        return made(() -> Film.frames(film, List.of(FIRST)).stream().findFirst().map(Frames::jpeg));
    }

    /** Twenty-five frames at even distances, in five rows; empty when the film can not be decoded. */
    public Optional<byte[]> spritesheet(Path film) {
        return made(() -> {
            List<BufferedImage> frames = Film.frames(film, Film.places(COLUMNS * ROWS));
            return frames.size() < COLUMNS * ROWS ? Optional.empty() : Optional.of(jpeg(sheet(frames)));
        });
    }

    private interface Work {
        Optional<byte[]> run();
    }

    private Optional<byte[]> made(Work work) {
        try {
            return thread.submit(work::run).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | RejectedExecutionException undecodable) {
            return Optional.empty();
        }
    }

    private static BufferedImage sheet(List<BufferedImage> frames) {
        BufferedImage first = frames.getFirst();
        int height = Math.max(2, TILE_WIDTH * first.getHeight() / first.getWidth());
        var sheet = new BufferedImage(COLUMNS * TILE_WIDTH, ROWS * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        for (int i = 0; i < frames.size(); i++) {
            int x = i % COLUMNS * TILE_WIDTH;
            int y = i / COLUMNS * height;
            pen.drawImage(frames.get(i), x, y, TILE_WIDTH, height, null);
        }
        pen.dispose();
        return sheet;
    }

    private static byte[] jpeg(BufferedImage image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam settings = writer.getDefaultWriteParam();
            settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            settings.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
