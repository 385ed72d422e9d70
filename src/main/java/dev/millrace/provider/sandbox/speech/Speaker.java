package dev.millrace.provider.sandbox.speech;

import java.util.List;

/** Reads a text aloud: a pure function from text, voice, speed and format to the bytes of a file. */
public final class Speaker {
    private static final double SLOWEST = 0.25;
    private static final double FASTEST = 4;

    private final String text;
    private final Voice voice;
    private final List<Sound> sounds;

    /**
     * @param voiceName one of the voices that are known, or any other name, which has a voice of its own
     * @param speed from 0.25 to 4
     */
    public Speaker(String text, String voiceName, double speed) {
        this.text = text;
        this.voice = Voice.of(voiceName);
        this.sounds = Reading.of(text, voice, Math.clamp(speed, SLOWEST, FASTEST));
    }

    /** How long it takes, exactly; known before anything is said. */
    public long milliseconds() {
        return sounds.stream().mapToLong(Sound::millis).sum();
    }

    /** The finished file; all formats but PCM name the text in a comment, by which {@link Listener} knows it again. */
    public byte[] file(SpeechFormat format) {
        return format.file(Throat.say(sounds, voice, text), Signature.of(text));
    }
}
