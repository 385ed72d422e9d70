package dev.millrace.api.millrace.people;

/** How many of something came to an end. */
record EndedBody(String object, int ended) {
    static EndedBody sessions(int ended) {
        return new EndedBody("session.ended", ended);
    }
}
