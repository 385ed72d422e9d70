package dev.millrace.wallet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some transfers of a wallet, newest first.
 *
 * @param next the cursor of the page that follows; null at the end
 */
public record TransferPage(
        List<Transfer> transfers, @Nullable String next) {}
