package dev.millrace.privacy;

import dev.millrace.crypto.Digest;
import dev.millrace.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A ZIP file as it is written, piece by piece, with a list of what it holds as its last file. */
final class Archive implements AutoCloseable {
    static final String MANIFEST = "manifest.json";

    private final ZipOutputStream zip;
    private final ArrayNode files = Json.array();

    Archive(OutputStream out) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    /**
     * Adds a file.
     *
     * @param rows how many rows it has; -1 where it has none
     */
    void add(String name, InputStream bytes, long rows) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        MessageDigest digest = sha256();
        // The stream of the archive is not closed with the file.
        long length = bytes.transferTo(new DigestOutputStream(zip, digest));
        zip.closeEntry();
        ObjectNode file =
                files.addObject().put("file", name).put("bytes", length).put("sha256", Digest.hex(digest.digest()));
        if (rows >= 0) {
            file.put("rows", rows);
        }
    }

    /** Adds the list of files, and ends the archive. */
    void finish(Subject subject, Instant takenAt) throws IOException {
        ObjectNode manifest = Json.object()
                .put("archive_of", subject.text())
                .put("taken_at", takenAt.toString())
                .put("format", "millrace-archive-1");
        manifest.set("files", files);
        zip.putNextEntry(new ZipEntry(MANIFEST));
        zip.write(manifest.toPrettyString().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
        zip.finish();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
