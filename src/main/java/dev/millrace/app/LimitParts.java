package dev.millrace.app;

import dev.millrace.api.millrace.limits.LimitsApi;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.jobs.Jobs;
import dev.millrace.limits.JobSlots;
import dev.millrace.limits.LimitBook;
import dev.millrace.limits.LimitCounters;
import dev.millrace.limits.LimitSettings;
import dev.millrace.limits.LimitStandings;
import dev.millrace.limits.LivePermits;
import dev.millrace.limits.NodeShare;
import dev.millrace.limits.RequestRate;
import dev.millrace.server.Routes;
import java.time.Duration;

/** What limits requests and jobs on a node. */
final class LimitParts implements Node.Part {
    private final Core core;
    private final LimitBook book;
    private final NodeShare share;
    private final LimitCounters counters;
    private final JobSlots slots;
    private final LimitStandings standings;

    /** @param owner names this start of this node */
    LimitParts(Core core, String owner) {
        LimitSettings settings = core.settings().limits();
        this.core = core;
        this.book = new LimitBook(core.database());
        this.share = new NodeShare(core.database(), owner);
        this.counters = LimitCounters.open(
                settings, book, share, System::nanoTime, owner, core.metrics().registry());
        this.slots = new JobSlots(settings, book);
        this.standings = new LimitStandings(new LimitStandings.Rooms(
                settings, book, counters.rate(), counters.permits(), Jobs.counts(), core.database()));
    }

    void start() {
        share.start();
        counters.start();
    }

    /** Registers the routes about limits. */
    void register(Routes routes, OpenApiDocument document, PeopleParts people) {
        new LimitsApi(new LimitsApi.Rooms(
                        people.callers(),
                        core.access(),
                        core.organizations(),
                        slots,
                        standings,
                        book,
                        core.trail(),
                        core.database()))
                .register(routes, document);
    }

    RequestRate rate() {
        return counters.rate();
    }

    LivePermits permits() {
        return counters.permits();
    }

    JobSlots slots() {
        return slots;
    }

    /** How every limit stands: for whoever shows it. */
    LimitStandings standings() {
        return standings;
    }

    @Override
    public void end(Duration limit) {
        counters.close();
        share.close();
    }
}
