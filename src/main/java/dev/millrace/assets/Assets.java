package dev.millrace.assets;

import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.AssetId;
import dev.millrace.id.OrganizationId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Every stored file: writes the bytes first and the row afterwards, shows both only together, removes both. */
public final class Assets {
    private final Database database;
    private final AssetFiles files;
    private final AssetLinks links;
    private final InstantSource clock;
    private final AssetSettings settings;
    private final AssetStore store = new AssetStore();

    public Assets(Database database, AssetFiles files, AssetLinks links, InstantSource clock, AssetSettings settings) {
        this.database = database;
        this.files = files;
        this.links = links;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Copies a stream into a file that nobody sees until it is {@link #record recorded}; see {@link AssetFiles#write}.
     * Without a row the sweep removes it.
     */
    public StoredFile write(InputStream bytes, long maxBytes) throws IOException {
        return files.write(bytes, maxBytes);
    }

    /** Removes a file that was written and will not be recorded. */
    public void discard(StoredFile file) {
        files.remove(file.location());
    }

    /** Makes a written file visible as this asset, once the transaction commits; empty when the asset is there already. */
    public Optional<Asset> record(
            Tx tx,
            StoredFile file,
            AssetId id,
            OrganizationId organization,
            AssetKind kind,
            String fileName,
            Instant expiresAt) {
        Asset asset = new Asset(
                id,
                organization,
                kind,
                fileName,
                file.contentType(),
                file.bytes(),
                file.sha256(),
                clock.instant(),
                expiresAt);
        if (!store.insert(tx, asset, file.location())) {
            return Optional.empty();
        }
        // Not on the writer's thread, which must not wait for a disk; lost in a crash, the sweep does it.
        tx.afterCommit(() -> Thread.startVirtualThread(() -> files.claimed(file.location())));
        return Optional.of(asset);
    }

    /** The asset, unless it is absent, deleted or past its retention. */
    public Optional<Asset> find(AssetId id) {
        return located(id).map(AssetStore.Located::asset);
    }

    /** An asset with its file; empty as {@link #find}. */
    public Optional<Opened> open(AssetId id) {
        return located(id).map(found -> new Opened(found.asset(), files.path(found.location())));
    }

    /** An asset and where its bytes can be read. */
    public record Opened(Asset asset, Path file) {}

    /** Keeps a stored file until then, whatever was said before; false when it is gone. */
    public boolean keep(Tx tx, AssetId id, Instant until) {
        return store.keep(tx, id, until);
    }

    /** Hides an asset from the commit on; {@link #purge} then removes its bytes, or else the next sweep. */
    public void hide(Tx tx, AssetId id) {
        store.hide(tx, id);
    }

    /** Removes the bytes and rows of hidden assets. */
    public void purge(List<AssetId> ids) {
        for (AssetId id : ids) {
            database.read(tx -> store.hidden(tx, id)).ifPresent(this::remove);
        }
    }

    public AssetLinks links() {
        return links;
    }

    public AssetSettings settings() {
        return settings;
    }

    /** Hides and removes what has expired, and files that never got a row. */
    void sweep(int batch) {
        Instant now = clock.instant();
        while (database.writer().write("assets", tx -> store.hideExpired(tx, now, batch)) == batch) {
            removeHidden(batch);
        }
        removeHidden(batch);
        for (String location : files.unclaimed(settings.orphanAge(), batch)) {
            if (database.read(tx -> store.hasLocation(tx, location))) {
                files.claimed(location);
            } else {
                files.remove(location);
            }
        }
    }

    private void removeHidden(int batch) {
        database.read(tx -> store.hidden(tx, batch)).forEach(this::remove);
    }

    private void remove(AssetStore.Hidden hidden) {
        files.remove(hidden.location());
        database.writer().write("assets", tx -> {
            store.forget(tx, hidden.id());
            return null;
        });
    }

    private Optional<AssetStore.Located> located(AssetId id) {
        Instant now = clock.instant();
        return database.read(tx -> store.find(tx, id))
                .filter(found -> now.isBefore(found.asset().expiresAt()));
    }
}
