package dev.millrace.privacy;

import org.jspecify.annotations.Nullable;

/**
 * Something that an operator looked for, and whose it is.
 *
 * @param kind {@code person}, {@code organization}, {@code member}, {@code key}, {@code session}, {@code invitation}, {@code job}, {@code
 *     file}, {@code charge} or {@code invoice}
 * @param organization the id of the one that it belongs to; null where that is none
 * @param person the id of the one whom it belongs to; null where that is nobody
 * @param note its name, address, state or model
 */
public record Found(
        String kind,
        String id,
        @Nullable String organization,
        @Nullable String person,
        @Nullable String note) {}
