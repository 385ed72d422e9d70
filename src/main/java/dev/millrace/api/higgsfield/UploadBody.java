package dev.millrace.api.higgsfield;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.assets.UploadTicket;

/** Where to send a file, and where it can be read afterwards (contract 1.7). */
record UploadBody(String public_url, String upload_url, String content_type, HeadersBody upload_headers) {

    /** The headers that the contract has clients send with the file; only the first is required here. */
    record HeadersBody(
            @JsonProperty("Content-Type") String contentType,
            @JsonProperty("x-amz-tagging") String tagging) {}

    static UploadBody of(UploadTicket ticket, String base) {
        return new UploadBody(
                base + ticket.publicPath(),
                base + ticket.uploadPath(),
                ticket.contentType(),
                new HeadersBody(ticket.contentType(), "retention=temporary"));
    }
}
