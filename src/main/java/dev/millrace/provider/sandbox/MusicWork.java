package dev.millrace.provider.sandbox;

import dev.millrace.json.Json;
import dev.millrace.meter.Units;
import dev.millrace.provider.MediaInput;
import dev.millrace.provider.MediaOutput;
import dev.millrace.provider.sandbox.music.Composer;
import dev.millrace.provider.sandbox.music.Recording;
import dev.millrace.provider.sandbox.music.Remix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Tracks: new ones, and given ones that were worked on. */
record MusicWork(Order order, Sources sources) implements Work {
    private static final long MORE = 30_000;
    private static final long LONGEST = 600_000;

    /** What is to be done with a given track. */
    private enum Action {
        COMPOSE,
        EXTEND,
        COVER,
        SING,
        STEMS
    }

    @Override
    public int count() {
        return order.count();
    }

    @Override
    public List<MediaOutput> announced(int count) {
        var outputs = new ArrayList<MediaOutput>();
        for (int i = 0; i < count; i++) {
            ObjectNode facts = Json.object().put("duration_ms", milliseconds());
            if (action() == Action.STEMS) {
                facts.put("title", i == 0 ? "Vocals" : "Instrumental");
            }
            outputs.add(new MediaOutput(i, SCHEME + i, "audio/wav", facts));
        }
        return outputs;
    }

    @Override
    public Units used(int made) {
        return order.lasting(milliseconds()).used(made);
    }

    @Override
    public byte[] make(int number) {
        Optional<Recording> given = sources.file("audio").flatMap(Recording::of);
        return given.isEmpty()
                ? Composer.compose(order.prompt(), order.seed(), number, milliseconds())
                : worked(given.get(), number);
    }

    private byte[] worked(Recording given, int number) {
        var fields = new Fields(sources.call().parameters());
        return switch (action()) {
            case COMPOSE -> Composer.compose(order.prompt(), order.seed(), number, milliseconds());
            case EXTEND -> Remix.extend(given, continueAt(), order.prompt(), order.seed(), number, more());
            case COVER -> Remix.cover(given, order.prompt(), number, fields.decimal(0.4, "audio_weight"));
            case SING -> Remix.withVoice(given, order.prompt(), order.seed(), number);
            case STEMS -> number == 0 ? Remix.voice(given) : Remix.instruments(given);
        };
    }

    private Action action() {
        String model = sources.call().upstreamModel();
        if (sources.call().input("audio").isEmpty()) {
            return Action.COMPOSE;
        }
        if (model.endsWith("extend")) {
            return Action.EXTEND;
        }
        if (model.endsWith("cover")) {
            return Action.COVER;
        }
        if (model.endsWith("stems")) {
            return Action.STEMS;
        }
        return model.endsWith("vocals") ? Action.SING : Action.COMPOSE;
    }

    private long milliseconds() {
        return switch (action()) {
            case COMPOSE -> order.milliseconds();
            case EXTEND -> Math.min(LONGEST, continueAt() + more());
            case COVER, SING, STEMS -> given();
        };
    }

    private long continueAt() {
        double seconds = new Fields(sources.call().parameters()).decimal(-1, "continueAt", "continue_at");
        return seconds > 0 ? Math.min(given(), Math.round(seconds * 1000)) : given();
    }

    private long more() {
        return Math.clamp(LONGEST - continueAt(), 1_000, MORE);
    }

    private long given() {
        long known = sources.call().input("audio").map(MediaInput::durationMs).orElse(0L);
        return known > 0 ? Math.min(LONGEST, known) : order.milliseconds();
    }
}
