package dev.millrace.trail;

import dev.millrace.id.Id;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who changes something.
 *
 * @param kind what kind of one
 * @param id of the person or the key; for the other kinds a name, as {@code command line}
 * @param organization in whose audit log the line stands; null for what concerns the installation as a whole
 * @param address where the request came from; empty when it came from nowhere, as from the command line
 */
public record Actor(Kind kind, String id, @Nullable OrganizationId organization, String address) {
    /** What somebody who changes something can be. */
    public enum Kind {
        /** Somebody who is signed in. */
        PERSON,
        /** An API key. */
        KEY,
        /** Whoever sits at the command line of the installation. */
        OPERATOR,
        /** The installation by itself, as when something expires. */
        SYSTEM,
        /** Nobody who is known yet: who signs up, or fails to sign in. */
        ANYONE;

        /** The name in the database and on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Actor person(PersonId person, @Nullable OrganizationId organization, String address) {
        return new Actor(Kind.PERSON, person.text(), organization, address);
    }

    public static Actor key(KeyId key, OrganizationId organization, String address) {
        return new Actor(Kind.KEY, key.text(), organization, address);
    }

    public static Actor anyone(String address) {
        return new Actor(Kind.ANYONE, "anyone", null, address);
    }

    /** The command line of the installation, about no organization yet; see {@link #about}. */
    public static Actor commandLine() {
        return new Actor(Kind.OPERATOR, "command line", null, "");
    }

    /** The installation itself. */
    public static Actor system() {
        return new Actor(Kind.SYSTEM, "millrace", null, "");
    }

    /** The same one, writing into the log of that organization: for an operator who changes what is another's. */
    public Actor about(@Nullable OrganizationId other) {
        return new Actor(kind, id, other, address);
    }

    /** Whether this is the one of that id. */
    public boolean is(Id other) {
        return id.equals(other.text());
    }
}
