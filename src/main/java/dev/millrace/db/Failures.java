package dev.millrace.db;

import java.util.concurrent.CompletionException;

/** Takes failures out of what carried them from one thread to another. */
final class Failures {
    private Failures() {}

    static RuntimeException unwrapped(CompletionException wrapped) {
        return switch (wrapped.getCause()) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            case null, default -> wrapped;
        };
    }
}
