package dev.millrace.api.millrace.people;

import dev.millrace.access.people.Member;

/** One member of an organization. */
record MemberBody(String object, String id, String person, String name, String email, String role, String created_at) {
    static MemberBody of(Member member) {
        return new MemberBody(
                "member",
                member.id().text(),
                member.person().text(),
                member.name(),
                member.email().text(),
                member.role().wire(),
                member.since().toString());
    }
}
