package dev.millrace.assets;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.AssetId;
import dev.millrace.id.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The rows of stored files. */
final class AssetStore {
    private static final String COLUMNS =
            "id, organization, kind, file_name, content_type, bytes, sha256, created_at, expires_at, location";

    /** False when there is a row with this id already. */
    boolean insert(Tx tx, Asset asset, String location) {
        return tx.won(
                "insert into assets (" + COLUMNS + ", state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'stored')"
                        + " on conflict (id) do nothing",
                asset.id(),
                asset.organization(),
                asset.kind(),
                asset.fileName(),
                asset.contentType(),
                asset.bytes(),
                asset.sha256(),
                asset.createdAt(),
                asset.expiresAt(),
                location);
    }

    /** Why a file is not there any more; empty while it is, and when it never was. */
    Optional<Erased> erased(Tx tx, AssetId id) {
        return tx.one(
                "select erased from assets where id = ? and erased is not null",
                row -> Erased.valueOf(row.text("erased").toUpperCase(Locale.ROOT)),
                id);
    }

    /** An organization's files behind a place, newest first. */
    List<Asset> list(Tx tx, OrganizationId organization, String before, Instant now, int max) {
        return tx.list(
                "select " + COLUMNS + " from assets where organization = ? and state = 'stored' and id < ?"
                        + " and kind <> 'input' and expires_at > ? order by id desc limit ?",
                row -> read(row).asset(),
                organization,
                before,
                now,
                max);
    }

    Optional<Located> find(Tx tx, AssetId id) {
        return tx.one("select " + COLUMNS + " from assets where id = ? and state = 'stored'", AssetStore::read, id);
    }

    /** Whether a row says that a file lies there. */
    boolean hasLocation(Tx tx, String location) {
        return tx.count("select count(*) from assets where location = ? and state <> 'gone'", location) > 0;
    }

    /** Moves the end of its retention; false when it is hidden already or was never there. */
    boolean keep(Tx tx, AssetId id, Instant until) {
        return tx.won("update assets set expires_at = ? where id = ? and state = 'stored'", until, id);
    }

    /** Hides the file at its owner's wish; false when it is hidden already or was never there. */
    boolean hide(Tx tx, AssetId id, Instant now) {
        return tx.won(
                "update assets set state = 'removing', erased = 'request', erased_at = ? where id = ? and state = 'stored'",
                now,
                id);
    }

    /** Hides up to {@code max} files that an organization had at a moment, and says how many. */
    int hideAll(Tx tx, OrganizationId organization, Instant until, Instant now, int max) {
        return tx.update(
                "update assets set state = 'removing', erased = 'request', erased_at = ? where state = 'stored'"
                        + " and id in (select id from assets where organization = ? and state = 'stored'"
                        + " and created_at <= ? order by id limit ?)",
                now,
                organization,
                until,
                max);
    }

    /** Hides up to {@code max} files whose time is over, and says how many. */
    int hideExpired(Tx tx, Instant now, int max) {
        return tx.update(
                "update assets set state = 'removing', erased = 'retention', erased_at = ? where state = 'stored'"
                        + " and id in (select id from assets where state = 'stored' and expires_at <= ?"
                        + " order by expires_at limit ?)",
                now,
                now,
                max);
    }

    /** Hidden files that lie there still. */
    List<Hidden> hidden(Tx tx, int max) {
        return tx.list(
                "select id, location from assets where state = 'removing' order by id limit ?",
                AssetStore::hidden,
                max);
    }

    Optional<Hidden> hidden(Tx tx, AssetId id) {
        return tx.one("select id, location from assets where id = ? and state = 'removing'", AssetStore::hidden, id);
    }

    /** The bytes are gone; that they were, and why they are not, is kept for a while. */
    void gone(Tx tx, AssetId id) {
        tx.won("update assets set state = 'gone' where id = ? and state = 'removing'", id);
    }

    /** Deletes up to {@code max} rows of files that are gone since before then, and says how many. */
    int prune(Tx tx, Instant before, int max) {
        return tx.update(
                "delete from assets where state = 'gone' and id in (select id from assets where state = 'gone'"
                        + " and erased_at < ? order by erased_at limit ?)",
                before,
                max);
    }

    /** A file with the place where it lies. */
    record Located(Asset asset, String location) {}

    /** A file that is to be removed. */
    record Hidden(AssetId id, String location) {}

    private static Hidden hidden(Row row) {
        return new Hidden(new AssetId(row.uuid("id")), row.text("location"));
    }

    private static Located read(Row row) {
        Asset asset = new Asset(
                new AssetId(row.uuid("id")),
                new OrganizationId(row.uuid("organization")),
                AssetKind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
                row.text("file_name"),
                row.text("content_type"),
                row.number("bytes"),
                row.text("sha256"),
                row.instant("created_at"),
                row.instant("expires_at"));
        return new Located(asset, row.text("location"));
    }
}
