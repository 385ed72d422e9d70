package dev.millrace.access;

import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.util.Locale;
import java.util.Map;

/** Why a known key was turned away: the fact {@code reason} of a {@code FORBIDDEN} problem. */
public enum Forbidden {
    /** The key rests. */
    RESTING,
    /** The key, its member or its organization is suspended. */
    SUSPENDED,
    /** The request came from a network that the key does not allow. */
    NETWORK,
    /** It takes a person who is signed in. */
    PERSON,
    /** It takes an API key, and a session was shown. */
    KEY,
    /** The person belongs to no organization, or not to the one that is named. */
    ORGANIZATION,
    /** Nobody may sign up here without an invitation. */
    SIGN_UP,
    /** The person has not shown that his e-mail address is his. */
    UNVERIFIED,
    /** An organization would be left without an owner. */
    LAST_OWNER,
    /** The role of the key does not allow it. */
    ROLE,
    /** The key is for reading alone. */
    READ_ONLY,
    /** The key is for testing, and this moves real money. */
    TEST_KEY,
    /** The key may not speak this dialect. */
    DIALECT,
    /** The key may not use this model. */
    MODEL,
    /** The key may not make such things. */
    MODALITY;

    /** @param detail one sentence that names the fix where there is one; shown to whoever holds the key */
    public ProblemException exception(String detail) {
        return Problem.of(ProblemCode.FORBIDDEN, detail)
                .withFacts(Map.of("reason", name().toLowerCase(Locale.ROOT)))
                .toException();
    }
}
