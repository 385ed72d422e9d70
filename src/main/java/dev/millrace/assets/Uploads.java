package dev.millrace.assets;

import dev.millrace.db.Database;
import dev.millrace.id.AssetId;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/**
 * Takes files from customers, in two steps: a ticket for someone who has authenticated, then the bytes from whoever holds
 * the ticket's link. A ticket is a signed text and no row: one that is never used leaves nothing behind.
 */
public final class Uploads {
    /** What may be sent. */
    public static final Set<String> CONTENT_TYPES = Set.of(
            "image/jpeg", "image/jpg", "image/png", "image/webp", "image/gif", "audio/wav", "audio/x-wav", "video/mp4");

    private final Database database;
    private final Assets assets;
    private final IdSource ids;
    private final InstantSource clock;

    public Uploads(Database database, Assets assets, IdSource ids, InstantSource clock) {
        this.database = database;
        this.assets = assets;
        this.ids = ids;
        this.clock = clock;
    }

    /** @throws ProblemException {@code INVALID_PARAMETER} when such files are not taken */
    public UploadTicket ticket(OrganizationId organization, String contentType) {
        if (!CONTENT_TYPES.contains(contentType)) {
            throw new ProblemException(Problem.parameter(
                    "content_type",
                    "must be one of "
                            + String.join(", ", CONTENT_TYPES.stream().sorted().toList()) + "."));
        }
        AssetId asset = ids.asset();
        Instant expires = clock.instant().plus(assets.settings().ticketLife()).truncatedTo(ChronoUnit.SECONDS);
        String signature = assets.links().signature(signed(asset, organization.text(), contentType, expires));
        String path = "/assets/uploads/" + asset.text() + "?organization=" + organization.text() + "&content_type="
                + AssetLinks.encode(contentType) + "&expires=" + expires.getEpochSecond() + "&signature=" + signature;
        String link = assets.links().sign(asset, fileName(contentType), keptUntil(expires));
        return new UploadTicket(asset, path, link, contentType, expires);
    }

    /** What a PUT to a ticket's link states: the texts of its path and query, decoded, and its header. */
    public record Put(
            String asset, String organization, String ticketType, String expires, String signature, String type) {}

    /**
     * Stores the bytes of one ticket. The same bytes may be sent again; others may not.
     *
     * @throws ProblemException {@code FORBIDDEN} when the link was not signed here, has expired, or was used for another file;
     *     {@code UNSUPPORTED_MEDIA_TYPE} when the header states another type; {@code PAYLOAD_TOO_LARGE}
     * @throws IOException when the client stops sending; nothing is stored
     */
    public Asset receive(Put put, InputStream bytes) throws IOException {
        AssetId id = AssetId.parse(put.asset()).orElseThrow(Uploads::refused);
        OrganizationId organization = OrganizationId.parse(put.organization()).orElseThrow(Uploads::refused);
        if (!AssetLinks.holds(put.expires(), clock.instant())) {
            throw refused();
        }
        Instant expires = Instant.ofEpochSecond(Long.parseLong(put.expires()));
        String[] texts = signed(id, organization.text(), put.ticketType(), expires);
        if (!assets.links().matches(put.signature(), texts)) {
            throw refused();
        }
        if (!put.type().equals(put.ticketType())) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send it with Content-Type: " + put.ticketType() + ".");
        }
        StoredFile file = assets.write(bytes, assets.settings().maxUploadBytes());
        Instant until = keptUntil(expires);
        String fileName = fileName(put.ticketType());
        return database.writer()
                .write(
                        organization.text(),
                        tx -> assets.record(tx, file, id, organization, AssetKind.UPLOAD, fileName, until))
                .orElseGet(() -> again(id, file));
    }

    private Asset again(AssetId id, StoredFile file) {
        assets.discard(file);
        return assets.find(id)
                .filter(stored -> stored.sha256().equals(file.sha256()))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.FORBIDDEN, "This upload link was used for another file; ask for a new one."));
    }

    private Instant keptUntil(Instant ticketExpires) {
        return ticketExpires.plus(assets.settings().uploadRetention());
    }

    private static String[] signed(AssetId asset, String organization, String contentType, Instant expires) {
        return new String[] {"put", asset.text(), organization, contentType, Long.toString(expires.getEpochSecond())};
    }

    private static String fileName(String contentType) {
        return "upload." + ContentTypes.extension(contentType);
    }

    private static ProblemException refused() {
        return new ProblemException(
                ProblemCode.FORBIDDEN, "This upload link is not valid, or has expired; ask for a new one.");
    }
}
