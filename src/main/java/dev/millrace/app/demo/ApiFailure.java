package dev.millrace.app.demo;

import java.io.IOException;

/** An answer that is a failure; the message is what the server says, for a person. */
public final class ApiFailure extends IOException {
    private static final long serialVersionUID = 1L;

    ApiFailure(String message) {
        super(message);
    }
}
