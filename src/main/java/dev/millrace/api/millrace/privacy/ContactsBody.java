package dev.millrace.api.millrace.privacy;

import org.jspecify.annotations.Nullable;

/**
 * Whom to ask: who runs this installation, and where help, terms, privacy and the imprint are; what was not published is left out.
 *
 * @param object {@code contacts}
 */
public record ContactsBody(
        String object,
        String name,
        @Nullable String support_email,
        @Nullable String support_url,
        @Nullable String privacy_email,
        @Nullable String privacy_url,
        @Nullable String terms_url,
        @Nullable String legal_url) {}
