package dev.millrace.provider.sandbox.speech;

import de.sciss.jump3r.lowlevel.LameEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import javax.sound.sampled.AudioFormat;

/** Writes MP3 files: an ID3v2.4 tag with a comment, then frames of 64 kbit/s. */
final class Mp3File {
    private static final int BIT_RATE = 64;
    private static final int TAG_HEADER = 10;
    private static final int SEVEN_BITS = 0x7F;

    private Mp3File() {}

    static byte[] write(short[] samples, String comment) {
        var format = new AudioFormat(Throat.RATE, 16, 1, true, false);
        var encoder =
                new LameEncoder(format, BIT_RATE, LameEncoder.CHANNEL_MODE_MONO, LameEncoder.QUALITY_MIDDLE, false);
        var file = new ByteArrayOutputStream();
        file.writeBytes(tag(comment));
        byte[] pcm = WavFile.bytes(samples);
        byte[] encoded = new byte[encoder.getMP3BufferSize()];
        int piece = encoder.getPCMBufferSize();
        for (int at = 0; at < pcm.length; at += piece) {
            int length = encoder.encodeBuffer(pcm, at, Math.min(piece, pcm.length - at), encoded);
            file.write(encoded, 0, length);
        }
        file.write(encoded, 0, encoder.encodeFinish(encoded));
        encoder.close();
        return file.toByteArray();
    }

    /** One COMM frame: encoding Latin-1, language, no short description, the comment. */
    private static byte[] tag(String comment) {
        byte[] text = ("\0eng\0" + comment).getBytes(StandardCharsets.ISO_8859_1);
        var tag = new ByteArrayOutputStream();
        tag.writeBytes(new byte[] {'I', 'D', '3', 4, 0, 0});
        size(tag, TAG_HEADER + text.length);
        tag.writeBytes(new byte[] {'C', 'O', 'M', 'M'});
        size(tag, text.length);
        tag.writeBytes(new byte[] {0, 0});
        tag.writeBytes(text);
        return tag.toByteArray();
    }

    /** Sizes have seven bits in each byte, so that they never look like the beginning of a frame. */
    private static void size(ByteArrayOutputStream tag, int size) {
        for (int shift = 21; shift >= 0; shift -= 7) {
            tag.write(size >> shift & SEVEN_BITS);
        }
    }
}
