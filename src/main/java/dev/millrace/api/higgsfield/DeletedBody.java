package dev.millrace.api.higgsfield;

/** A request whose content was erased; the same for every repeat (contract 1.4). */
record DeletedBody(String request_id, String deleted_at) {}
