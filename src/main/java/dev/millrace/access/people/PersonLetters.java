package dev.millrace.access.people;

import dev.millrace.db.Tx;

/** What is written to people about their way in, by whoever sends letters: each is put in with the change that it tells of. */
public interface PersonLetters {
    /** Where no letters are sent. */
    PersonLetters NONE = new PersonLetters() {
        @Override
        public boolean on() {
            return false;
        }

        @Override
        public void verify(Tx tx, Person person, String token) {
            // links are shown to whoever makes them
        }

        @Override
        public void taken(Tx tx, Person person) {
            // as above
        }

        @Override
        public void password(Tx tx, Person person, String token) {
            // as above
        }

        @Override
        public void invited(Tx tx, Invitation invitation, Email to, String organization, String token) {
            // as above
        }
    };

    /** Whether letters are sent at all; where not, links are shown to whoever makes them. */
    boolean on();

    /** Asks somebody to show that his address is his. */
    void verify(Tx tx, Person person, String token);

    /** Tells somebody that his address was given by who wanted to sign up. */
    void taken(Tx tx, Person person);

    /** Sends somebody the link with which he sets his password anew. */
    void password(Tx tx, Person person, String token);

    /** Sends an invitation to whom it is for. */
    void invited(Tx tx, Invitation invitation, Email to, String organization, String token);
}
