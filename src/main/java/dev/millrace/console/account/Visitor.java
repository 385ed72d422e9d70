package dev.millrace.console.account;

import dev.millrace.access.Caller;
import dev.millrace.access.sessions.SignedIn;

/**
 * Somebody who is signed in and looks at a page.
 *
 * @param token of the session, which keys the tokens of its forms
 * @param organization the name of what he looks at
 */
record Visitor(SignedIn who, Caller caller, String token, String organization) {
    /** The token alone is a secret. */
    @Override
    public String toString() {
        return "Visitor[" + who.person().id() + "]";
    }
}
