package dev.millrace.limits;

import java.time.Duration;

/** Rounds waits up to whole seconds, the form in which headers state them: nobody is sent back too early. */
final class WholeSeconds {
    private WholeSeconds() {}

    static Duration up(Duration wait) {
        Duration whole = Duration.ofSeconds(wait.toSeconds());
        return whole.equals(wait) ? whole : whole.plusSeconds(1);
    }
}
