package dev.millrace.api.millrace.people;

import dev.millrace.access.people.Email;

/**
 * A letter went to whoever has that address, if it is one that something can be sent to. It says nothing of who that is.
 *
 * @param status always {@code letter_sent}
 */
record LetterBody(String object, String status, String email) {
    static LetterBody sent(Email email) {
        return new LetterBody("letter", "letter_sent", email.text());
    }
}
