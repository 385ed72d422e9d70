package dev.millrace.egress;

/** A URL that is not taken; the message is a clause that follows the words "the URL" and quotes nothing of it. */
final class BadUrlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadUrlException(String clause) {
        super(clause, null, false, false);
    }
}
