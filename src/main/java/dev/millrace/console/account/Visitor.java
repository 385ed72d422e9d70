package dev.millrace.console.account;

import dev.millrace.access.Caller;
import dev.millrace.access.sessions.SignedIn;
import dev.millrace.console.Frame;
import java.util.List;

/**
 * Somebody who is signed in and looks at a page.
 *
 * @param token of the session, which keys the tokens of its forms
 * @param organization the name of what he looks at
 * @param others the other organizations that he belongs to
 */
record Visitor(SignedIn who, Caller caller, String token, String organization, List<Frame.Place> others) {
    /** The token alone is a secret. */
    @Override
    public String toString() {
        return "Visitor[" + who.person().id() + "]";
    }
}
