package dev.millrace.api.millrace.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.access.people.Member;
import org.jspecify.annotations.Nullable;

/**
 * One member of an organization.
 *
 * @param suspended_for why he is suspended, in the words of who did it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MemberBody(
        String object,
        String id,
        String person,
        String name,
        String email,
        String role,
        boolean suspended,
        @Nullable String suspended_for,
        String created_at) {
    static MemberBody of(Member member) {
        return new MemberBody(
                "member",
                member.id().text(),
                member.person().text(),
                member.name(),
                member.email().text(),
                member.role().wire(),
                member.excluded() != null,
                member.excluded(),
                member.since().toString());
    }
}
