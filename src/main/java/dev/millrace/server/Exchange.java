package dev.millrace.server;

import java.io.InputStream;
import java.net.URI;
import java.util.List;

/** What stands behind a {@link Request}: a live exchange on a connection, or one that broke before it became one. */
interface Exchange {
    String method();

    byte[] body();

    InputStream stream(long maxBytes);

    URI baseUrl(String host);

    /** @param forwarded every {@code X-Forwarded-For} header */
    String clientAddress(List<String> forwarded);

    boolean draining();

    boolean clientGone();
}
