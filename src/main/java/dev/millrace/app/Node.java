package dev.millrace.app;

import dev.millrace.server.HttpServer;
import dev.millrace.server.RouteInfo;
import java.time.Duration;
import java.util.List;

/** A running gateway. Ends in good order: the door first, then the work, then the rooms, then the database. */
final class Node implements AutoCloseable {
    private final Core core;
    private final HttpServer server;
    private final List<Part> parts;

    /** Something that runs beside the door and must be told to stop. */
    interface Part {
        /** Finishes or gives back what it does within the time. */
        void end(Duration limit);
    }

    /** @param parts in the order in which they began; ended in reverse */
    Node(Core core, HttpServer server, List<Part> parts) {
        this.core = core;
        this.server = server;
        this.parts = List.copyOf(parts);
    }

    Core core() {
        return core;
    }

    /** Where it listens, for a client on this machine. */
    String url() {
        return server.baseUrl();
    }

    /** The same, whatever others see. */
    String ownUrl() {
        return server.ownUrl();
    }

    /** Every route that is served. */
    List<RouteInfo> routes() {
        return server.routes();
    }

    @Override
    public void close() {
        Duration limit = core.settings().shutdown().drain();
        server.drain(limit);
        for (Part part : parts.reversed()) {
            part.end(limit);
        }
        core.close();
    }
}
