package dev.millrace.provider.sandbox;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jcodec.api.FrameGrab;
import org.jcodec.api.JCodecException;
import org.jcodec.common.io.ByteBufferSeekableByteChannel;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;
import org.jcodec.scale.ColorUtil;

/** Looks into films. */
final class Frames {
    private Frames() {}

    static int count(byte[] film) {
        return grab(film).getVideoTrack().getMeta().getTotalFrames();
    }

    /** The frame of this number, from 0. */
    static BufferedImage at(byte[] film, int number) {
        try {
            FrameGrab grab = grab(film);
            Picture frame = grab.getNativeFrame();
            for (int i = 0; i < number; i++) {
                frame = grab.getNativeFrame();
            }
            Picture rgb = Picture.create(frame.getWidth(), frame.getHeight(), ColorSpace.RGB);
            ColorUtil.getTransform(frame.getColor(), ColorSpace.RGB).transform(frame, rgb);
            BufferedImage image =
                    new BufferedImage(frame.getCroppedWidth(), frame.getCroppedHeight(), BufferedImage.TYPE_INT_RGB);
            byte[] data = rgb.getPlaneData(0);
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    int at = 3 * (y * frame.getWidth() + x);
                    image.setRGB(x, y, (data[at] + 128) << 16 | (data[at + 1] + 128) << 8 | data[at + 2] + 128);
                }
            }
            return image;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static FrameGrab grab(byte[] film) {
        try {
            return FrameGrab.createFrameGrab(ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(film)));
        } catch (IOException | JCodecException e) {
            throw new AssertionError(e);
        }
    }
}
