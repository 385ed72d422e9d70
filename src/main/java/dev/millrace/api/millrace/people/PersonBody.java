package dev.millrace.api.millrace.people;

import dev.millrace.access.people.Person;

/**
 * Somebody, as he sees himself.
 *
 * @param two_step whether signing in takes a second step
 */
record PersonBody(
        String object,
        String id,
        String email,
        boolean email_verified,
        String name,
        boolean has_password,
        boolean two_step,
        String created_at) {
    static PersonBody of(Person person) {
        return new PersonBody(
                "person",
                person.id().text(),
                person.email().text(),
                person.verified(),
                person.name(),
                person.hasPassword(),
                person.twoStep(),
                person.createdAt().toString());
    }
}
