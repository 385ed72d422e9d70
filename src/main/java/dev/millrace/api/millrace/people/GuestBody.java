package dev.millrace.api.millrace.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who holds a link may know of its invitation.
 *
 * @param organization the name of it
 * @param email whom it is for alone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GuestBody(
        String object,
        String organization,
        String role,
        @Nullable String email,
        String expires_at) {}
