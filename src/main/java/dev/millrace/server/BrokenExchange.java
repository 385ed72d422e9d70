package dev.millrace.server;

import java.io.InputStream;
import java.net.URI;
import java.util.List;

/** An exchange that broke before it became a request: it has a method at most, and no body. */
record BrokenExchange(String method) implements Exchange {
    @Override
    public byte[] body() {
        return new byte[0];
    }

    @Override
    public InputStream stream(long maxBytes) {
        return InputStream.nullInputStream();
    }

    @Override
    public URI baseUrl(String host) {
        return URI.create("http://localhost");
    }

    @Override
    public String clientAddress(List<String> forwarded) {
        return "";
    }

    @Override
    public boolean draining() {
        return false;
    }

    @Override
    public boolean clientGone() {
        return false;
    }
}
