package dev.millrace.limits;

import dev.millrace.db.Database;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.LimitRules.Measure;
import dev.millrace.limits.LimitRules.Rule;
import dev.millrace.limits.LimitStanding.Source;
import dev.millrace.limits.LimitStanding.Whose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Shows every limit of an organization and of one of its keys, who says it, and how much of it is used now. */
public final class LimitStandings {
    private static final KeyId NO_KEY = new KeyId("000000000000");

    private final Rooms rooms;

    /**
     * What is asked.
     *
     * @param jobs counts open jobs
     */
    public record Rooms(
            LimitSettings settings,
            LimitBook book,
            RequestRate rate,
            LivePermits permits,
            JobCounts jobs,
            Database database) {}

    public LimitStandings(Rooms rooms) {
        this.rooms = rooms;
    }

    /**
     * All limits.
     *
     * @param plan the name of the organization's plan
     */
    public record Shown(String plan, List<LimitStanding> limits) {
        public Shown {
            limits = List.copyOf(limits);
        }
    }

    /**
     * How they stand; counts nothing.
     *
     * @param key whose own limits are shown too; null for those of the organization alone
     */
    public Shown of(OrganizationId organization, @Nullable KeyId key) {
        KeyId asked = key == null ? NO_KEY : key;
        LimitBook.Both both = rooms.book().of(organization, asked);
        List<JobCount> jobs = rooms.database().read(tx -> rooms.jobs().of(tx, organization));
        List<LimitStanding> all = new ArrayList<>();
        rooms.rate().standing(organization, asked).forEach(standing -> {
            Source source = standing.whose() == Whose.KEY ? Source.KEY : both.source(standing.rule());
            all.add(LimitStanding.rate(standing.whose(), standing.rule(), source, standing.state()));
        });
        atOnce(both.organization()).forEach((rule, limit) -> {
            long used = used(Subject.of(organization), rule, jobs);
            all.add(LimitStanding.atOnce(Whose.ORGANIZATION, rule, source(both, rule), limit, used));
        });
        if (key != null) {
            ofKey(both, organization, key, jobs, all);
        }
        return new Shown(both.plan(), all);
    }

    private void ofKey(
            LimitBook.Both both, OrganizationId organization, KeyId key, List<JobCount> jobs, List<LimitStanding> all) {
        Rule requests = Rule.all(Measure.REQUESTS);
        boolean said = both.organization().keyRequests() != null;
        Source source =
                !said ? Source.INSTALLATION : both.own().keyRequests() != null ? Source.ORGANIZATION : Source.PLAN;
        all.add(LimitStanding.rate(Whose.KEY, requests, source, rooms.rate().state(organization, key)));
        List<JobCount> own =
                jobs.stream().filter(count -> count.key().equals(key)).toList();
        both.key().numbers().forEach((rule, limit) -> {
            if (!rule.measure().perMinute()) {
                all.add(LimitStanding.atOnce(Whose.KEY, rule, Source.KEY, limit, used(Subject.of(key), rule, own)));
            }
        });
    }

    /** The numbers of what is counted at once, with those of the installation where nobody says another. */
    private Map<Rule, Long> atOnce(LimitRules rules) {
        Map<Rule, Long> numbers = new TreeMap<>();
        numbers.put(Rule.all(Measure.OPEN), (long) rooms.settings().openJobs());
        numbers.put(Rule.all(Measure.RUNNING), (long) rooms.settings().runningJobs());
        rules.numbers().forEach((rule, limit) -> {
            if (!rule.measure().perMinute()) {
                numbers.put(rule, limit);
            }
        });
        return numbers;
    }

    private static Source source(LimitBook.Both both, Rule rule) {
        return both.organization().numbers().containsKey(rule) ? both.source(rule) : Source.INSTALLATION;
    }

    private long used(Subject subject, Rule rule, List<JobCount> jobs) {
        return rule.measure() == Measure.LIVE
                ? rooms.permits().running(subject, rule)
                : jobs.stream().mapToLong(count -> count.countedBy(rule)).sum();
    }
}
