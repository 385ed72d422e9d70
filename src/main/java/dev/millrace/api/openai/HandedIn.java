package dev.millrace.api.openai;

import dev.millrace.assets.AssetKind;
import dev.millrace.assets.Assets;
import dev.millrace.assets.ContentTypes;
import dev.millrace.assets.StoredFile;
import dev.millrace.db.Database;
import dev.millrace.id.AssetId;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Part;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The files that one request hands in: kept as uploads of its organization, so that its job finds them after any crash. What is
 * closed without having been taken is removed.
 */
final class HandedIn implements AutoCloseable {
    /** What the files of a request are kept with. */
    record Shelf(Database database, Assets assets, IdSource ids, InstantSource clock) {}

    private record Kept(AssetId id, StoredFile file, String name) {}

    private final Shelf shelf;
    private final OrganizationId organization;
    private final String baseUrl;
    private final Instant until;
    private final List<Kept> kept = new ArrayList<>();
    private boolean recorded;
    private boolean taken;

    HandedIn(Shelf shelf, OrganizationId organization, String baseUrl) {
        this.shelf = shelf;
        this.organization = organization;
        this.baseUrl = baseUrl;
        this.until = shelf.clock().instant().plus(shelf.assets().settings().uploadRetention());
    }

    /**
     * Keeps the file of a part, and gives the link under which its job finds it.
     *
     * @param types what its bytes may be
     * @throws ProblemException {@code INVALID_PARAMETER} when they are something else
     */
    String keep(String field, Part part, Set<String> types, long mostBytes) {
        if (part.bytes() > mostBytes) {
            throw new ProblemException(
                    ProblemCode.PAYLOAD_TOO_LARGE, field + ": the file has more than " + mostBytes + " bytes.");
        }
        try (InputStream bytes = part.open()) {
            return keep(field, bytes, types, mostBytes);
        } catch (IOException e) {
            throw unavailable();
        }
    }

    String keep(String field, InputStream bytes, Set<String> types, long mostBytes) throws IOException {
        StoredFile file = shelf.assets().write(bytes, mostBytes);
        if (!types.contains(file.contentType())) {
            shelf.assets().discard(file);
            throw Form.wrong(
                    field,
                    "contentType",
                    "must be "
                            + String.join(", ", types.stream().sorted().toList()) + " by its bytes; it is "
                            + file.contentType() + ".");
        }
        Kept one = new Kept(shelf.ids().asset(), file, "upload." + ContentTypes.extension(file.contentType()));
        kept.add(one);
        return baseUrl + shelf.assets().links().sign(one.id(), one.name(), until);
    }

    /** What the bytes of the last file are. */
    String contentType() {
        return kept.getLast().file().contentType();
    }

    /** What tells these files from others, in their order. */
    List<String> digests() {
        return kept.stream().map(one -> one.file().sha256()).toList();
    }

    /** Makes the links lead to the files. */
    void record() {
        if (!kept.isEmpty()) {
            shelf.database().writer().write(organization.text(), tx -> {
                for (Kept one : kept) {
                    shelf.assets().record(tx, one.file(), one.id(), organization, AssetKind.UPLOAD, one.name(), until);
                }
                return kept.size();
            });
        }
        recorded = true;
    }

    /** A job has them now. */
    void taken() {
        taken = true;
    }

    @Override
    public void close() {
        if (taken) {
            return;
        }
        if (!recorded) {
            kept.forEach(one -> shelf.assets().discard(one.file()));
            return;
        }
        if (!kept.isEmpty()) {
            shelf.database().writer().write(organization.text(), tx -> {
                kept.forEach(one -> shelf.assets().hide(tx, one.id()));
                return kept.size();
            });
            shelf.assets().purge(kept.stream().map(Kept::id).toList());
        }
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                ProblemCode.UNAVAILABLE, "The file could not be stored; nothing was taken. Try again.");
    }
}
