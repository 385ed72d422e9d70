package dev.millrace.wallet;

import dev.millrace.db.Keyset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some transfers of a wallet, newest first.
 *
 * @param next the cursor of the page that follows; null at the end
 */
public record TransferPage(
        List<Transfer> transfers, @Nullable String next) {

    /** The first so many of those found, which are one more where another page follows. */
    static TransferPage of(List<Transfer> found, int limit) {
        if (found.size() <= limit) {
            return new TransferPage(found, null);
        }
        Transfer last = found.get(limit - 1);
        return new TransferPage(List.copyOf(found.subList(0, limit)), new Keyset(last.createdAt(), last.id()).cursor());
    }
}
