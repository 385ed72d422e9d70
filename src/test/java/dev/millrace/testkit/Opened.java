package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.assets.ContentTypes;
import dev.millrace.meter.Modality;
import dev.millrace.provider.Transcript;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.jcodec.api.FrameGrab;
import org.jcodec.common.io.ByteBufferSeekableByteChannel;

/** Opens files as their readers would: a picture is decoded whole, a film's first frame, a recording's format and length. */
public final class Opened {
    private Opened() {}

    /** Fails unless the bytes are such a file. */
    public static void as(Modality modality, byte[] bytes) {
        try {
            switch (modality) {
                case IMAGE -> {
                    BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
                    assertThat(image).as("a picture").isNotNull();
                    assertThat(image.getWidth()).isPositive();
                }
                case VIDEO ->
                    assertThat(FrameGrab.createFrameGrab(
                                            ByteBufferSeekableByteChannel.readFromByteBuffer(ByteBuffer.wrap(bytes)))
                                    .getNativeFrame())
                            .as("the first frame")
                            .isNotNull();
                case MUSIC -> {
                    try (AudioInputStream sound = AudioSystem.getAudioInputStream(new ByteArrayInputStream(bytes))) {
                        assertThat(sound.getFrameLength()).isPositive();
                    }
                }
                case SPEECH ->
                    assertThat(ContentTypes.of(Arrays.copyOf(bytes, 64))).startsWith("audio/");
                case TRANSCRIPTION -> assertThat(Transcript.read(bytes).text()).isNotBlank();
                case LANGUAGE -> throw new IllegalArgumentException("not opened here: " + modality);
            }
        } catch (Exception e) {
            throw new AssertionError("can not be opened: " + bytes.length + " bytes", e);
        }
    }
}
