package dev.millrace.api.apiframe;

import dev.millrace.access.Organization;
import dev.millrace.access.Principal;
import dev.millrace.limits.JobLimits;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose key it is (contract 1.5). An organization is the team, and has one user, for whom all of its keys act. */
record MeBody(UserBody user, TeamBody team, KeyBody apiKey) {
    private static final int PREFIX_LETTERS = 8;

    /** The user. */
    record UserBody(String id, String email, String role) {}

    /** The team, with its credits. */
    record TeamBody(
            String id,
            String name,
            long credits,
            String plan,
            @Nullable String customerId,
            long maxConcurrentJobs) {}

    /** The key that asks. */
    record KeyBody(String id, String name, String prefix) {}

    static MeBody of(Principal principal, Organization organization, long credits, JobLimits limits) {
        String team = organization.id().text();
        String key = principal.key().text();
        return new MeBody(
                // Nobody has a mailbox here: the domain is the one that is reserved for examples.
                new UserBody(user(team), "owner-" + team + "@example.com", "OWNER"),
                new TeamBody(team, organization.name(), credits, limits.plan(), null, limits.running()),
                new KeyBody(uuid("key " + key), principal.keyName(), ("mr_" + key).substring(0, PREFIX_LETTERS)));
    }

    /** The id of the one user of a team. */
    static String user(String team) {
        return uuid("user " + team);
    }

    /** Clients expect a UUID where there is none: one that is always the same. */
    private static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
