package dev.millrace.api.millrace.storage;

/** The smaller answers of the storage. */
final class StorageBodies {
    private StorageBodies() {}

    /** A file that was erased. */
    record DeletedBody(String id, String object, boolean deleted) {}

    /** What the uploads take, and what they may. */
    record UseBody(String object, long uploaded_bytes, long quota_bytes, long largest_upload_bytes) {}

    /** Where one file may be sent with PUT, without a key, and where it can be read then. */
    record TicketBody(
            String id, String object, String upload_url, String content_type, String upload_expires_at, String url) {}
}
