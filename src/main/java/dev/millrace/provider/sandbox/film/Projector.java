package dev.millrace.provider.sandbox.film;

import dev.millrace.provider.sandbox.paint.Canvas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jcodec.codecs.h264.H264Encoder;
import org.jcodec.common.Codec;
import org.jcodec.common.VideoCodecMeta;
import org.jcodec.common.VideoEncoder;
import org.jcodec.common.io.ByteBufferSeekableByteChannel;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Packet;
import org.jcodec.common.model.Picture;
import org.jcodec.common.model.Size;
import org.jcodec.containers.mp4.muxer.MP4Muxer;

/** Encodes the frames of a reel as H.264 in an MP4 file. */
final class Projector {
    private static final int QUALITY = 23;
    private static final int KEY_EVERY = 36;

    private Projector() {}

    static byte[] run(Reel reel, Take take) {
        try {
            return FastStart.of(encode(reel, take));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encode(Reel reel, Take take) throws IOException {
        int pixels = take.width() * take.height();
        var file = ByteBuffer.allocate(pixels * (take.frames() + 8) / 2 + (1 << 20));
        var channel = ByteBufferSeekableByteChannel.writeToByteBuffer(file);
        var muxer = MP4Muxer.createMP4MuxerToChannel(channel);
        var meta = VideoCodecMeta.createSimpleVideoCodecMeta(new Size(take.width(), take.height()), ColorSpace.YUV420J);
        var track = muxer.addVideoTrack(Codec.H264, meta);
        var encoder = new H264Encoder(new SteadyQuality(QUALITY));
        encoder.setKeyInterval(KEY_EVERY);
        var negative = new Negative(take.width(), take.height(), reel.given());
        Canvas frame = Canvas.of(take.width(), take.height());
        var space = ByteBuffer.allocate(pixels * 6);
        for (int i = 0; i < take.frames(); i++) {
            reel.frame((double) i / Take.PACE, frame);
            Picture picture = negative.expose(frame);
            space.clear();
            VideoEncoder.EncodedFrame encoded = encoder.encodeFrame(picture, space);
            var kind = encoded.isKeyFrame() ? Packet.FrameType.KEY : Packet.FrameType.INTER;
            track.addFrame(Packet.createPacket(encoded.getData(), i, Take.PACE, 1, i, kind, null));
        }
        muxer.finish();
        ByteBuffer written = channel.getContents();
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);
        return bytes;
    }
}
