package dev.millrace.jobs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names a place in a job's course so that a watch can go on behind it: it says what was told last, on whatever node.
 *
 * @param step 0 queued, 1 running, 2 ended
 * @param at the place in the queue, or the progress in percent
 */
record EventId(int step, long at) {
    private static final Pattern FORM = Pattern.compile("([012])\\.([0-9]{1,6})");
    static final int RUNNING = 1;
    static final int ENDED = 2;

    static EventId of(Job job, @Nullable Long queuePosition) {
        return switch (job.state()) {
            case QUEUED -> new EventId(0, queuePosition == null ? 0 : queuePosition);
            case RUNNING -> new EventId(RUNNING, job.progress());
            case COMPLETED, FAILED, NSFW, CANCELED -> new EventId(ENDED, job.progress());
        };
    }

    /** Empty when the text is none of ours: the watch then tells from the beginning. */
    static Optional<EventId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new EventId(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    String text() {
        return step + "." + at;
    }
}
