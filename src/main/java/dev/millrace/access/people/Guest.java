package dev.millrace.access.people;

import org.jspecify.annotations.Nullable;

/**
 * What an invitation's link leads to, for a page that asks its holder whether to come in.
 *
 * @param organization the name of where it leads
 * @param host the name of the person who invited; null when that was a key, the command line, or somebody who is gone
 */
public record Guest(
        Invitation invitation,
        String organization,
        @Nullable String host) {}
