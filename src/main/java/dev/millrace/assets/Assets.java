package dev.millrace.assets;

import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.AssetId;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every stored file: writes the bytes first and the row afterwards, shows both only together, removes both. */
public final class Assets {
    private final Database database;
    private final AssetFiles files;
    private final AssetLinks links;
    private final InstantSource clock;
    private final AssetSettings settings;
    private final AssetStore store = new AssetStore();
    private final QuotaStore quota = new QuotaStore();
    private final Retentions retentions;
    private final Disposal disposal;

    public Assets(Database database, AssetFiles files, AssetLinks links, InstantSource clock, AssetSettings settings) {
        this.database = database;
        this.files = files;
        this.links = links;
        this.clock = clock;
        this.settings = settings;
        this.retentions = new Retentions(database);
        this.disposal = new Disposal(database, files, store, clock, settings);
    }

    /**
     * Copies a stream into a file that nobody sees until it is {@link #record recorded}; see {@link AssetFiles#write}.
     * Without a row the sweep removes it.
     */
    public StoredFile write(InputStream bytes, long maxBytes) throws IOException {
        return files.write(bytes, maxBytes);
    }

    /** Where a written file can be read. */
    public Path path(StoredFile file) {
        return files.path(file.location());
    }

    /** Whether there is room for files; while there is not, outputs and uploads fail. */
    public boolean hasRoom() {
        return files.hasRoom(settings.minFreeBytes());
    }

    /** Removes a file that was written and will not be recorded. */
    public void discard(StoredFile file) {
        files.remove(file.location());
    }

    /**
     * Makes a written file visible as this asset, once the transaction commits; empty when the asset is there already.
     *
     * @throws ProblemException {@code PAYLOAD_TOO_LARGE} when it is an upload above what is left of the organization's quota
     */
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
        if (kind == AssetKind.UPLOAD && quota.locked(tx, organization) > settings.uploadQuotaBytes()) {
            throw overQuota(file.bytes());
        }
        // Not on the writer's thread, which must not wait for a disk; lost in a crash, the sweep does it.
        tx.afterCommit(() -> Thread.startVirtualThread(() -> files.claimed(file.location())));
        return Optional.of(asset);
    }

    private ProblemException overQuota(long bytes) {
        return Problem.of(
                        ProblemCode.PAYLOAD_TOO_LARGE,
                        "The uploads of the organization may take " + settings.uploadQuotaBytes()
                                + " bytes together, and this file has " + bytes + "; delete others first.")
                .withFacts(Map.of("quota_bytes", settings.uploadQuotaBytes(), "file_bytes", bytes))
                .toException();
    }

    /** How many bytes the uploads of an organization take. */
    public long uploaded(OrganizationId organization) {
        return database.<Long>read(tx -> quota.uploaded(tx, organization));
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

    /** Whether it is there and within its retention. */
    public boolean isStored(Tx tx, AssetId id) {
        return store.find(tx, id).filter(found -> !over(found)).isPresent();
    }

    /** Keeps a stored file until then, whatever was said before; false when it is gone. */
    public boolean keep(Tx tx, AssetId id, Instant until) {
        return store.keep(tx, id, until);
    }

    /** Why a file can not be had any more; empty while it can, and for one that never was or is long forgotten. */
    public Optional<Erased> erased(AssetId id) {
        return database.read(tx -> {
            Optional<Erased> noted = store.erased(tx, id);
            return noted.isPresent()
                    ? noted
                    : store.find(tx, id).filter(this::over).map(found -> Erased.RETENTION);
        });
    }

    /**
     * An organization's files, newest first, uploads and outputs alike.
     *
     * @param before the last file of the page before; null for the first page
     */
    public List<Asset> list(OrganizationId organization, @Nullable AssetId before, int max) {
        String place = before == null ? "g" : before.text(); // behind every hexadecimal digit
        Instant now = clock.instant();
        return database.read(tx -> store.list(tx, organization, place, now, max));
    }

    /** Erases one upload of an organization; false when it has no such file, or the file is the output of a job. */
    public boolean eraseUpload(OrganizationId organization, AssetId id) {
        boolean erased = database.writer()
                .write(
                        organization.text(),
                        tx -> store.find(tx, id)
                                .filter(found -> found.asset().organization().equals(organization)
                                        && found.asset().kind() == AssetKind.UPLOAD)
                                .map(found -> store.hide(tx, id, clock.instant()))
                                .orElse(false));
        if (erased) {
            purge(List.of(id));
        }
        return erased;
    }

    /** Erases up to {@code max} of the files that an organization had at a moment, and says how many. */
    public int eraseAll(OrganizationId organization, Instant until, int max) {
        int hidden = database.writer()
                .write(organization.text(), tx -> store.hideAll(tx, organization, until, clock.instant(), max));
        disposal.removeHidden(max);
        return hidden;
    }

    /** How long organizations have their outputs kept. */
    public Retentions retentions() {
        return retentions;
    }

    /** Hides an asset from the commit on; {@link #purge} then removes its bytes, or else the next sweep. */
    public void hide(Tx tx, AssetId id) {
        store.hide(tx, id, clock.instant());
    }

    /** Removes the bytes and rows of hidden assets. */
    public void purge(List<AssetId> ids) {
        for (AssetId id : ids) {
            database.read(tx -> store.hidden(tx, id)).ifPresent(disposal::remove);
        }
    }

    public AssetLinks links() {
        return links;
    }

    public AssetSettings settings() {
        return settings;
    }

    /** What removes files whose time is over. */
    Disposal disposal() {
        return disposal;
    }

    private Optional<AssetStore.Located> located(AssetId id) {
        return database.read(tx -> store.find(tx, id)).filter(found -> !over(found));
    }

    private boolean over(AssetStore.Located found) {
        return !clock.instant().isBefore(found.asset().expiresAt());
    }
}
