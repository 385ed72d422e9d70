package dev.millrace.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Whether the catalogue that is served is the one that stands in the files.
 *
 * @param models how many models are served
 * @param trouble why the newest state of the files is not served, in one line; null when it is
 */
public record CatalogHealth(int models, @Nullable String trouble) {
    public boolean current() {
        return trouble == null;
    }
}
