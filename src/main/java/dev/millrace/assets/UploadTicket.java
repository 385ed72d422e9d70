package dev.millrace.assets;

import dev.millrace.id.AssetId;
import java.time.Instant;

/**
 * The right to send one file.
 *
 * @param uploadPath path and query to PUT it to, without credentials
 * @param publicPath path and query where it can be read afterwards, without credentials
 * @param contentType what the PUT must state
 * @param expiresAt until when it may be sent
 */
public record UploadTicket(
        AssetId asset, String uploadPath, String publicPath, String contentType, Instant expiresAt) {}
