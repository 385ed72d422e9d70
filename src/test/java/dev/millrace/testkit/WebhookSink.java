package dev.millrace.testkit;

import java.util.List;
import java.util.stream.IntStream;

/** A receiver of webhooks on loopback: records deliveries, and answers what it is told. */
public final class WebhookSink implements AutoCloseable {
    private final ScriptedUpstream server = ScriptedUpstream.start();

    /** Answers 200 to everything until told otherwise. */
    public static WebhookSink start() {
        return new WebhookSink();
    }

    /** Answers these statuses in turn; the last one stays. */
    public WebhookSink answering(int... statuses) {
        return answering(IntStream.of(statuses).mapToObj(Script::status).toArray(Script[]::new));
    }

    public WebhookSink answering(Script... scripts) {
        server.script(scripts);
        return this;
    }

    /** Where to deliver to. */
    public String url() {
        return server.url("/hook");
    }

    /** The n-th delivery, from 1, once it has come. */
    public Recorded await(int n) {
        return server.await(n);
    }

    /** Every delivery so far. */
    public List<Recorded> deliveries() {
        return server.requests();
    }

    @Override
    public void close() {
        server.close();
    }
}
