package dev.millrace.provider.sandbox;

import dev.millrace.provider.TextCall;
import dev.millrace.provider.TextProvider;
import dev.millrace.provider.TextSink;

/** Answers conversations with text of its own. */
public final class SandboxText implements TextProvider {
    SandboxText(SandboxSettings settings, Studio studio, Pause pause) {}

    @Override
    public void run(TextCall call, TextSink sink) {
        throw new IllegalStateException("soon");
    }
}
