package dev.millrace.api.millrace.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.audit.holds.HoldCase;
import dev.millrace.audit.holds.HoldCaseStore.Bucket;
import dev.millrace.audit.runs.AuditRun;
import dev.millrace.audit.runs.CheckOutcome;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The audit on the wire, for the API and for the command line. */
public final class AuditBodies {
    private AuditBodies() {}

    /** What a check found last: {@code since} is when it began to hold, or to be broken. */
    public record CheckBody(
            String object,
            String check,
            boolean ok,
            String sentence,
            long seen,
            long broken,
            List<String> examples,
            long took_ms,
            String run,
            String at,
            String since) {
        public static CheckBody of(CheckOutcome outcome) {
            return new CheckBody(
                    "audit.check",
                    outcome.result().id(),
                    outcome.result().ok(),
                    outcome.result().sentence(),
                    outcome.result().seen(),
                    outcome.result().broken(),
                    outcome.result().examples(),
                    outcome.tookMs(),
                    outcome.run(),
                    outcome.at().toString(),
                    outcome.since().toString());
        }
    }

    /** A run; its checks are there where the run itself was asked for. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RunBody(
            String object,
            String id,
            String scope,
            String asked_by,
            boolean ok,
            long broken,
            String started_at,
            long took_ms,
            @Nullable List<CheckBody> checks,
            @Nullable List<CaseBody> holds) {
        public static RunBody of(AuditRun run, @Nullable List<HoldCase> holds) {
            return new RunBody(
                    "audit.run",
                    run.id(),
                    run.scope().wire(),
                    run.askedBy(),
                    run.ok(),
                    run.broken(),
                    run.startedAt().toString(),
                    run.tookMs(),
                    run.results().isEmpty()
                            ? null
                            : run.results().stream().map(CheckBody::of).toList(),
                    holds == null ? null : holds.stream().map(CaseBody::of).toList());
        }
    }

    /** Open holds younger than an age, and not younger than the one before it. */
    public record AgeBody(String age, long holds, String held_usd) {
        static AgeBody of(Bucket bucket) {
            return new AgeBody(bucket.age(), bucket.holds(), bucket.held().toUsd());
        }
    }

    /** A hold that was open for too long, and what was done: {@code left} is nothing. */
    public record CaseBody(
            String object,
            String hold,
            String organization,
            String outcome,
            String found,
            String amount_usd,
            String held_at,
            String at) {
        public static CaseBody of(HoldCase found) {
            return new CaseBody(
                    "hold.case",
                    found.hold(),
                    found.organization().text(),
                    found.outcome().name().toLowerCase(Locale.ROOT),
                    found.found(),
                    found.amount().toUsd(),
                    found.heldAt().toString(),
                    found.at().toString());
        }
    }

    /** Open holds by age, those that no rule can end, and what was ended by rule of late. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record HoldsBody(
            String object,
            List<AgeBody> open,
            @Nullable String oldest_held_at,
            List<CaseBody> unresolved,
            List<CaseBody> cases) {}

    /** How the books stand: the latest result of each check, and the holds. */
    public record AuditBody(String object, boolean ok, List<CheckBody> checks, HoldsBody holds) {}
}
