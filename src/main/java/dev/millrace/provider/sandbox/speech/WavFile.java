package dev.millrace.provider.sandbox.speech;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes WAV files of one channel, with a comment in front of the samples. */
final class WavFile {
    private static final int HEADER = 12;
    private static final int CHUNK = 8;
    private static final int FORMAT = 16;

    private WavFile() {}

    static byte[] write(short[] samples, String comment) {
        byte[] note = comment.getBytes(StandardCharsets.US_ASCII);
        int noted = note.length + 1 + (note.length + 1) % 2;
        int list = 4 + CHUNK + noted;
        int data = samples.length * 2;
        var file = ByteBuffer.allocate(HEADER + CHUNK + FORMAT + CHUNK + list + CHUNK + data)
                .order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(file.capacity() - CHUNK).put(ascii("WAVE"));
        file.put(ascii("fmt ")).putInt(FORMAT).putShort((short) 1).putShort((short) 1);
        file.putInt(Throat.RATE).putInt(Throat.RATE * 2).putShort((short) 2).putShort((short) 16);
        file.put(ascii("LIST")).putInt(list).put(ascii("INFO"));
        file.put(ascii("ICMT")).putInt(note.length + 1).put(note);
        file.position(file.position() + noted - note.length);
        file.put(ascii("data")).putInt(data).put(bytes(samples));
        return file.array();
    }

    static byte[] bytes(short[] samples) {
        var bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
