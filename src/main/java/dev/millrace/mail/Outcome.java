package dev.millrace.mail;

/** What came of one attempt to hand a letter to the mail server. */
sealed interface Outcome {
    /** A code or a word, for the record: nothing of what the server says, for that may hold the address. */
    String text();

    /** The server took it. */
    record Sent() implements Outcome {
        @Override
        public String text() {
            return "sent";
        }
    }

    /** It was not taken, and may be later. */
    record NotYet(String text) implements Outcome {}

    /** The server will not take it, however often it is asked. */
    record Refused(String text) implements Outcome {}
}
