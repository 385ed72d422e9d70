package dev.millrace.api.millrace.storage;

import dev.millrace.assets.Asset;
import dev.millrace.assets.AssetLinks;
import java.time.Instant;
import java.util.Locale;

/** One stored file, with a link by which anybody can read it until {@code url_expires_at}. */
record FileBody(
        String id,
        String object,
        String kind,
        String name,
        String content_type,
        long bytes,
        String sha256,
        String created_at,
        String expires_at,
        String url,
        String url_expires_at) {
    /**
     * A file as it stands.
     *
     * @param base what links begin with
     * @param until how long the link is to hold; never longer than the file is kept
     */
    static FileBody of(Asset asset, AssetLinks links, String base, Instant until) {
        Instant ends = until.isBefore(asset.expiresAt()) ? until : asset.expiresAt();
        return new FileBody(
                asset.id().text(),
                "file",
                asset.kind().name().toLowerCase(Locale.ROOT),
                asset.fileName(),
                asset.contentType(),
                asset.bytes(),
                asset.sha256(),
                asset.createdAt().toString(),
                asset.expiresAt().toString(),
                base + links.sign(asset.id(), asset.fileName(), ends),
                ends.toString());
    }
}
