package dev.millrace.provider.sandbox;

import java.net.URI;
import java.util.Map;

/** Sends a callback to where the sandbox was told to call. Given by {@code app}, because the sandbox itself reaches no network. */
@FunctionalInterface
public interface CallbackSender {
    /** Posts it, and waits for the answer; what becomes of it is of no concern to the sandbox. */
    void send(URI callback, Map<String, String> headers, byte[] body);
}
