package dev.millrace.provider.sandbox.music;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes WAV files: 16 bits, 44.1 kHz, two channels. */
final class Wav {
    static final int RATE = 44_100;
    private static final int HEADER = 44;
    private static final int FRAME = 4;

    private Wav() {}

    static byte[] write(float[] left, float[] right) {
        int data = left.length * FRAME;
        var file = ByteBuffer.allocate(HEADER + data).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(HEADER - 8 + data).put(ascii("WAVE"));
        file.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 2);
        file.putInt(RATE).putInt(RATE * FRAME).putShort((short) FRAME).putShort((short) 16);
        file.put(ascii("data")).putInt(data);
        for (int i = 0; i < left.length; i++) {
            file.putShort((short) Math.round(left[i] * 32767));
            file.putShort((short) Math.round(right[i] * 32767));
        }
        return file.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
