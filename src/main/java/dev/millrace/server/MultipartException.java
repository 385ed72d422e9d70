package dev.millrace.server;

/** A multipart body is not one; the message is a clause behind the name of the part or the body. */
final class MultipartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MultipartException(String clause) {
        super(clause, null, false, false);
    }

    String clause() {
        return String.valueOf(getMessage());
    }
}
