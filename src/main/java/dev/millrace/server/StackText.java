package dev.millrace.server;

import org.jspecify.annotations.Nullable;

/** An exception as text without its messages, which may quote what a client sent. */
final class StackText {
    private static final int FRAMES_MAX = 30;
    private static final int CAUSES_MAX = 5;

    private StackText() {}

    static String of(Throwable failure) {
        StringBuilder text = new StringBuilder();
        @Nullable Throwable at = failure;
        for (int i = 0; at != null && i < CAUSES_MAX; i++) {
            text.append(i == 0 ? "" : "\ncaused by ").append(at.getClass().getName());
            StackTraceElement[] frames = at.getStackTrace();
            for (int frame = 0; frame < Math.min(frames.length, FRAMES_MAX); frame++) {
                text.append("\n  at ").append(frames[frame]);
            }
            at = at.getCause();
        }
        return text.toString();
    }
}
