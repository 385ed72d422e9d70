package dev.millrace.assets;

import dev.millrace.db.Database;
import dev.millrace.db.TxWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Removes files in steps that can stop anywhere: a file is hidden, then its bytes go, then its row says that they are gone.
 * Whatever a crash leaves undone is found by the next round.
 */
final class Disposal {
    /** How long it is remembered that a file was there, and why it is not. */
    private static final Duration REMEMBERED = Duration.ofDays(180);

    private static final String LANE = "assets";

    private final Database database;
    private final AssetFiles files;
    private final AssetStore store;
    private final InstantSource clock;
    private final AssetSettings settings;
    private int part;

    Disposal(Database database, AssetFiles files, AssetStore store, InstantSource clock, AssetSettings settings) {
        this.database = database;
        this.files = files;
        this.store = store;
        this.clock = clock;
        this.settings = settings;
    }

    /** One round over at most {@code batch} files of each kind; true when there is more to do at once. */
    boolean round(int batch) {
        Instant now = clock.instant();
        int expired = write(tx -> store.hideExpired(tx, now, batch));
        int removed = removeHidden(batch);
        int forgotten = write(tx -> store.prune(tx, now.minus(REMEMBERED), batch));
        files.unclaimed(settings.orphanAge(), batch).forEach(this::removeOrphan);
        return Math.max(Math.max(expired, removed), forgotten) == batch;
    }

    /** Looks for files that no row names, in one part of the store after the other. */
    void searchOrphans() {
        part = (part + 1) % files.parts();
        files.part(part, settings.orphanAge()).forEach(this::removeOrphan);
    }

    int removeHidden(int batch) {
        var hidden = database.read(tx -> store.hidden(tx, batch));
        hidden.forEach(this::remove);
        return hidden.size();
    }

    void remove(AssetStore.Hidden hidden) {
        files.remove(hidden.location());
        write(tx -> {
            store.gone(tx, hidden.id());
            return true;
        });
    }

    /** A file without a row goes; one whose row came after all is claimed. */
    private void removeOrphan(String location) {
        if (database.read(tx -> store.hasLocation(tx, location))) {
            files.claimed(location);
        } else {
            files.remove(location);
        }
    }

    private <R> R write(TxWork<R> work) {
        return database.writer().write(LANE, work);
    }
}
