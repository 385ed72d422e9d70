package dev.millrace.api.millrace.privacy;

import dev.millrace.privacy.Found;
import org.jspecify.annotations.Nullable;

/** Something that was looked for, and whose it is. */
record FoundBody(
        String object,
        String kind,
        String id,
        @Nullable String organization,
        @Nullable String person,
        @Nullable String note) {
    static FoundBody of(Found found) {
        return new FoundBody("found", found.kind(), found.id(), found.organization(), found.person(), found.note());
    }
}
