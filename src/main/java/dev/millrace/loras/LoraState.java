package dev.millrace.loras;

import java.util.Locale;

/** How far the training of a LoRA is; the last two are for good. */
public enum LoraState {
    TRAINING,
    READY,
    FAILED;

    static LoraState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
