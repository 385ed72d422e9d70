package dev.millrace.provider.sandbox;

import dev.millrace.meter.Units;
import dev.millrace.provider.MediaCall;
import dev.millrace.provider.MediaOutput;
import java.util.List;

/** One call's work: first what it will give, then, one by one, the bytes; the same whenever they are asked for. */
interface Work {
    /** What references to outputs start with. */
    String SCHEME = "sandbox:";

    /** How many outputs were asked for. */
    int count();

    /** So many outputs, as they are announced. */
    List<MediaOutput> announced(int count);

    /** What is metered when so many of them were made. */
    Units used(int made);

    /** The bytes of one output. */
    byte[] make(int number);

    static Work of(MediaCall call, InputPicture linked) {
        var sources = new Sources(call, linked);
        Order order = Order.of(call);
        return switch (call.modality()) {
            case IMAGE -> new PictureWork(order, Operation.ofPicture(call), sources);
            case VIDEO -> new FilmWork(order, Operation.ofFilm(call), sources);
            case MUSIC -> new MusicWork(order, sources);
            case LANGUAGE, SPEECH, TRANSCRIPTION ->
                throw new IllegalArgumentException(call.modality() + " is not made here");
        };
    }
}
