package dev.millrace.server;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server listens and what it bears.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes a free one
 * @param publicUrl the base URL that clients see, without a slash at its end; null takes the scheme and the Host header
 *     of each request
 * @param maxBodyBytes the largest body that is read into memory
 * @param maxHeaderBytes the largest request head
 * @param maxConnections open connections at once; more wait in the backlog
 * @param maxConcurrentRequests requests at once; more are answered 503
 * @param requestTimeout how long a request's head may take to arrive, and its body, which gets another second for each
 *     16 KiB that have come
 * @param writeTimeout how long a client may take nothing of what is sent to it
 * @param idleTimeout how long a kept connection may rest between requests
 * @param drainNotice how long a draining server still listens while it reports not ready, so that a balancer sees it
 * @param trustedProxies networks in CIDR form whose {@code X-Forwarded-For} is believed: the proxies in front of this server
 */
public record ServerSettings(
        String host,
        int port,
        @Nullable URI publicUrl,
        long maxBodyBytes,
        int maxHeaderBytes,
        int maxConnections,
        int maxConcurrentRequests,
        Duration requestTimeout,
        Duration writeTimeout,
        Duration idleTimeout,
        Duration drainNotice,
        List<String> trustedProxies) {
    public static final ServerSettings DEFAULTS = new ServerSettings(
            "127.0.0.1",
            8080,
            null,
            12L * 1024 * 1024,
            16 * 1024,
            12_000,
            10_000,
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(90),
            Duration.ZERO,
            List.of());

    public ServerSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** The same settings on another address. */
    public ServerSettings at(String newHost, int newPort) {
        return new ServerSettings(
                newHost,
                newPort,
                publicUrl,
                maxBodyBytes,
                maxHeaderBytes,
                maxConnections,
                maxConcurrentRequests,
                requestTimeout,
                writeTimeout,
                idleTimeout,
                drainNotice,
                trustedProxies);
    }
}
