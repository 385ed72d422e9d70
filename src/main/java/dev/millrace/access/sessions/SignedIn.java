package dev.millrace.access.sessions;

import dev.millrace.access.people.Person;
import dev.millrace.trail.Actor;

/**
 * A person whose request comes with a session.
 *
 * @param address where the request came from
 */
public record SignedIn(Person person, Session session, String address) {
    /** The same one, as the audit log names him, about no organization. */
    public Actor actor() {
        return Actor.person(person.id(), null, address);
    }
}
