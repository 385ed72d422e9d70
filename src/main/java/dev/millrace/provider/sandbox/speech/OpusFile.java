package dev.millrace.provider.sandbox.speech;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes Opus in Ogg (RFC 7845): 32 kbit/s, frames of 20 ms. */
final class OpusFile {
    private static final int FRAME = Throat.RATE / 50;
    private static final int BIT_RATE = 32_000;
    private static final int COMPLEXITY = 3;
    private static final int PACKET_MAX = 1_275;
    private static final int PACKETS_ON_A_PAGE = 50;

    /** Positions in the file count at 48 kHz, whatever the rate of the input. */
    private static final int POSITIONS = 48_000 / Throat.RATE;

    private static final int PRE_SKIP = 312;

    private OpusFile() {}

    static byte[] write(short[] samples, String comment) {
        var ogg = new OggPages(0x4D494C4C);
        ogg.page(List.of(head()), 0);
        ogg.page(List.of(tags(comment)), 0);
        List<byte[]> packets = packets(samples);
        long end = (long) samples.length * POSITIONS + PRE_SKIP;
        for (int from = 0; from < packets.size(); from += PACKETS_ON_A_PAGE) {
            int to = Math.min(packets.size(), from + PACKETS_ON_A_PAGE);
            long position = Math.min(end, (long) to * FRAME * POSITIONS);
            ogg.page(packets.subList(from, to), to == packets.size() ? end : position);
        }
        return ogg.end();
    }

    private static List<byte[]> packets(short[] samples) {
        try {
            var encoder = new OpusEncoder(Throat.RATE, 1, OpusApplication.OPUS_APPLICATION_VOIP);
            encoder.setBitrate(BIT_RATE);
            encoder.setComplexity(COMPLEXITY);
            List<byte[]> packets = new ArrayList<>();
            byte[] packet = new byte[PACKET_MAX];
            // The encoder's delay is filled up with silence behind the end.
            int needed = samples.length + PRE_SKIP / POSITIONS;
            for (int at = 0; at < needed; at += FRAME) {
                short[] frame = Arrays.copyOfRange(samples, Math.min(at, samples.length), at + FRAME);
                short[] whole = Arrays.copyOf(at < samples.length ? frame : new short[0], FRAME);
                int length = encoder.encode(whole, 0, FRAME, packet, 0, packet.length);
                packets.add(Arrays.copyOf(packet, length));
            }
            return packets;
        } catch (OpusException e) {
            throw new IllegalStateException("the Opus encoder failed", e);
        }
    }

    private static byte[] head() {
        return ByteBuffer.allocate(19)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("OpusHead".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 1)
                .putShort((short) PRE_SKIP)
                .putInt(Throat.RATE)
                .putShort((short) 0)
                .put((byte) 0)
                .array();
    }

    private static byte[] tags(String comment) {
        byte[] vendor = "Millrace sandbox".getBytes(StandardCharsets.UTF_8);
        byte[] text = comment.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + 4 + vendor.length + 4 + 4 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("OpusTags".getBytes(StandardCharsets.US_ASCII))
                .putInt(vendor.length)
                .put(vendor)
                .putInt(1)
                .putInt(text.length)
                .put(text)
                .array();
    }
}
