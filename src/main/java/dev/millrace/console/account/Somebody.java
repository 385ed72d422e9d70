package dev.millrace.console.account;

import dev.millrace.access.sessions.SignedIn;

/**
 * Somebody who is signed in, whatever he belongs to.
 *
 * @param token of the session, which keys the tokens of his forms
 */
record Somebody(SignedIn who, String token) {
    /** The token alone is a secret. */
    @Override
    public String toString() {
        return "Somebody[" + who.person().id() + "]";
    }
}
