package dev.millrace.testkit;

import dev.millrace.provider.MediaProvider;
import dev.millrace.provider.Provider;
import dev.millrace.provider.TextCall;
import dev.millrace.provider.TextProvider;
import dev.millrace.provider.TextSink;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A language upstream inside the test: runs the test's script, and remembers every call. */
public final class TestingTextProvider implements Provider, TextProvider {
    public final List<TextCall> calls = new CopyOnWriteArrayList<>();
    public volatile TextProvider script;
    private final String name;

    public TestingTextProvider(String name, TextProvider script) {
        this.name = name;
        this.script = script;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<TextProvider> text() {
        return Optional.of(this);
    }

    @Override
    public Optional<MediaProvider> media() {
        return Optional.empty();
    }

    @Override
    public void run(TextCall call, TextSink sink) {
        calls.add(call);
        script.run(call, sink);
    }
}
