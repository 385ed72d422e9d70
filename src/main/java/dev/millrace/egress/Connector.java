package dev.millrace.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Makes connections: looks the name up once, drops the addresses that are refused, and connects to one of the rest. */
final class Connector {
    private static final int ADDRESSES_MAX = 3;

    private final Guard guard;
    private final Resolver resolver;
    private final SSLContext tls;
    private final int connectMillis;

    Connector(Guard guard, Resolver resolver, SSLContext tls, int connectMillis) {
        this.guard = guard;
        this.resolver = resolver;
        this.tls = tls;
        this.connectMillis = connectMillis;
    }

    /** A connection that is ready for the request; the caller closes it. */
    Socket connect(Target target, Trust trust, Deadline deadline) throws EgressException {
        List<InetAddress> addresses = addresses(target, deadline).stream()
                .filter(address -> trust == Trust.OPERATOR || guard.reaches(target, address))
                .limit(ADDRESSES_MAX)
                .toList();
        if (addresses.isEmpty()) {
            throw new EgressException(EgressFailure.REFUSED, null);
        }
        @Nullable IOException last = null;
        for (InetAddress address : addresses) {
            try {
                return open(target, address, deadline);
            } catch (IOException e) {
                last = e;
            }
        }
        throw new EgressException(deadline.over() ? EgressFailure.TIMED_OUT : EgressFailure.NOT_CONNECTED, last);
    }

    private List<InetAddress> addresses(Target target, Deadline deadline) throws EgressException {
        var literal = target.literal();
        if (literal.isPresent()) {
            return List.of(literal.get());
        }
        // a look-up can not be stopped, so it is left behind when the time is over
        var lookup = new CompletableFuture<List<InetAddress>>();
        Thread.ofVirtual().start(() -> {
            try {
                lookup.complete(resolver.resolve(target.host()));
            } catch (UnknownHostException | RuntimeException e) {
                lookup.completeExceptionally(e);
            }
        });
        try {
            return lookup.get(deadline.millisLeft(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new EgressException(EgressFailure.UNRESOLVED, e.getCause());
        } catch (TimeoutException e) {
            throw new EgressException(EgressFailure.UNRESOLVED, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EgressException(EgressFailure.UNRESOLVED, e);
        }
    }

    private Socket open(Target target, InetAddress address, Deadline deadline) throws IOException {
        Socket socket = new Socket(java.net.Proxy.NO_PROXY);
        try {
            deadline.guard(socket);
            socket.setTcpNoDelay(true);
            socket.connect(
                    new InetSocketAddress(address, target.port()), Math.min(connectMillis, deadline.millisLeft()));
            return target.tls() ? secure(socket, target) : socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private Socket secure(Socket socket, Target target) throws IOException {
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, target.host(), target.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (target.literal().isEmpty()) {
            parameters.setServerNames(List.of(new SNIHostName(target.host())));
        }
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }
}
