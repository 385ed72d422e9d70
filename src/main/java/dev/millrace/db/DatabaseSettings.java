package dev.millrace.db;

import org.jspecify.annotations.Nullable;

/**
 * How the database is reached and how much is asked of it at once.
 *
 * @param url {@code sqlite:FILE}, or {@code jdbc:postgresql://HOST:PORT/NAME}
 * @param user the PostgreSQL user; null when the URL names it
 * @param password the PostgreSQL password; null when the URL holds it or none is needed
 * @param lanes how many writers PostgreSQL has; SQLite always has one
 * @param readers how many reads run at once
 * @param batch how many units of work one commit covers at most
 * @param queue how many units may wait in one lane before more are refused
 */
public record DatabaseSettings(
        String url, @Nullable String user, @Nullable String password, int lanes, int readers, int batch, int queue) {
    public static final DatabaseSettings DEFAULTS =
            new DatabaseSettings("sqlite:millrace.db", null, null, 4, 4, 1_024, 20_000);

    private static final int MOST_LANES = 64;

    public DatabaseSettings {
        if (lanes < 1 || lanes > MOST_LANES) {
            throw new IllegalArgumentException("lanes: must be from 1 to " + MOST_LANES + ", not " + lanes);
        }
        if (readers < 1 || batch < 1 || queue < 1) {
            throw new IllegalArgumentException("readers, batch and queue: must be at least 1");
        }
    }

    /** The same with another address. */
    public DatabaseSettings withUrl(String other) {
        return new DatabaseSettings(other, user, password, lanes, readers, batch, queue);
    }

    /** Everything but the password, and nothing of the URL's query, which may hold one. */
    @Override
    public String toString() {
        int query = url.indexOf('?');
        return "DatabaseSettings[url=" + (query < 0 ? url : url.substring(0, query)) + ", lanes=" + lanes + ", readers="
                + readers + ", batch=" + batch + ", queue=" + queue + "]";
    }
}
