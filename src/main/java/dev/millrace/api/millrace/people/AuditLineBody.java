package dev.millrace.api.millrace.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.trail.TrailLine;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit log.
 *
 * @param actor_kind person, key, operator, system or anyone
 * @param address where it came from
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuditLineBody(
        String object,
        String id,
        String created_at,
        String actor_kind,
        String actor,
        @Nullable String organization,
        String address,
        String action,
        String subject,
        Map<String, String> facts) {
    public static AuditLineBody of(TrailLine line) {
        return new AuditLineBody(
                "audit_line",
                line.id(),
                line.at().toString(),
                line.actor().kind().wire(),
                line.actor().id(),
                line.actor().organization() == null
                        ? null
                        : line.actor().organization().text(),
                line.actor().address(),
                line.action(),
                line.subject(),
                line.facts());
    }
}
