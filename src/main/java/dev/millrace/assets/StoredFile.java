package dev.millrace.assets;

/**
 * A whole file that lies safely on the disk and has no row yet: it is swept away unless one is recorded.
 *
 * @param location where it lies; fresh for each write, so that no write can touch an earlier file
 * @param contentType what the bytes are: one of the types of {@link ContentTypes}, or {@code application/octet-stream}
 * @param sha256 lower-case hexadecimal
 */
public record StoredFile(String location, long bytes, String contentType, String sha256) {}
