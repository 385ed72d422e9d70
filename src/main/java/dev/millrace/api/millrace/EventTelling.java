package dev.millrace.api.millrace;

import dev.millrace.jobs.JobEvent;
import dev.millrace.jobs.JobWatch;
import dev.millrace.server.SseStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells a client what happens to a job until it ends. A quiet stream gets a comment now and then: proxies keep it open for that, and
 * a client that vanished without a word is noticed by nothing else.
 */
final class EventTelling {
    private final Duration heartbeat;

    EventTelling(Duration heartbeat) {
        this.heartbeat = heartbeat;
    }

    /** @throws IOException when the client has hung up */
    void tell(JobWatch watch, SseStream out, Function<JobEvent, String> text) throws IOException, InterruptedException {
        while (out.open() && !watch.ended()) {
            Optional<JobEvent> next = watch.next(heartbeat);
            if (next.isEmpty()) {
                out.comment("waiting");
                continue;
            }
            JobEvent event = next.get();
            out.event(name(event.kind()), event.id(), text.apply(event));
        }
    }

    private static String name(JobEvent.Kind kind) {
        return switch (kind) {
            case STATE -> "state";
            case PROGRESS -> "progress";
            case QUEUE -> "queue";
        };
    }
}
