package dev.millrace.api.millrace.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.json.Csv;
import dev.millrace.reconcile.MatchedLine;
import dev.millrace.reconcile.Reconciliation;
import dev.millrace.reconcile.UpstreamFinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Upstreams' invoices on the wire, for the API and for the command line. */
public final class ReconcileBodies {
    private ReconcileBodies() {}

    /** A match; {@code difference_usd} is what the upstream asks beyond what was reckoned here. */
    public record ReconciliationBody(
            String object,
            String id,
            String provider,
            String period,
            long rows,
            long matched,
            long differing,
            long ours_only,
            long theirs_only,
            String ours_usd,
            String theirs_usd,
            String difference_usd,
            String tolerance_usd,
            String file_sha256,
            String created_at,
            String created_by) {
        public static ReconciliationBody of(Reconciliation made) {
            return new ReconciliationBody(
                    "reconciliation",
                    made.id(),
                    made.provider(),
                    made.period(),
                    made.rows(),
                    made.matched(),
                    made.differing(),
                    made.oursOnly(),
                    made.theirsOnly(),
                    made.oursTotal().toUsd(),
                    made.theirsTotal().toUsd(),
                    made.difference().toUsd(),
                    made.tolerance().toUsd(),
                    made.fileHash(),
                    made.createdAt().toString(),
                    made.createdBy());
        }
    }

    /** A line of a match. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LineBody(
            String object,
            long line,
            String verdict,
            String basis,
            String request,
            String usage,
            String model,
            String day,
            long ours_units,
            long theirs_units,
            String ours_usd,
            String ours_source,
            String theirs_usd,
            String difference_usd,
            @Nullable String booked_at) {
        public static LineBody of(MatchedLine line) {
            return new LineBody(
                    "reconciliation.line",
                    line.number(),
                    line.verdict().wire(),
                    line.basis(),
                    line.request(),
                    line.usageId(),
                    line.model(),
                    line.day(),
                    line.ourUnits(),
                    line.theirUnits(),
                    line.ours().toUsd(),
                    line.source(),
                    line.theirs().toUsd(),
                    line.difference().toUsd(),
                    line.bookedAt() == null ? null : line.bookedAt().toString());
        }
    }

    /** A line that was booked, or had been. */
    public record BookedLineBody(String object, String reconciliation, long line, boolean booked) {
        public static BookedLineBody of(String reconciliation, long line, boolean booked) {
            return new BookedLineBody("reconciliation.booking", reconciliation, line, booked);
        }
    }

    /** A request that an upstream asked more for than was charged. */
    public record FindingBody(
            String object,
            String usage,
            String provider,
            String model,
            String request,
            String charged_usd,
            String reported_usd,
            String amount_usd,
            String at) {
        public static FindingBody of(UpstreamFinding finding) {
            return new FindingBody(
                    "reconciliation.finding",
                    finding.usageId(),
                    finding.provider(),
                    finding.model(),
                    finding.request(),
                    finding.charge().toUsd(),
                    finding.reported().toUsd(),
                    finding.amount().toUsd(),
                    finding.at().toString());
        }
    }

    /** An empty table of lines. */
    public static Csv table() {
        return Csv.of(
                "line",
                "verdict",
                "basis",
                "request",
                "usage",
                "model",
                "day",
                "ours_units",
                "theirs_units",
                "ours_usd",
                "ours_source",
                "theirs_usd",
                "difference_usd",
                "booked_at");
    }

    /** Adds lines to it. */
    public static void rows(Csv table, List<MatchedLine> lines) {
        for (MatchedLine line : lines) {
            table.row(
                    line.number(),
                    line.verdict().wire(),
                    line.basis(),
                    line.request(),
                    line.usageId(),
                    line.model(),
                    line.day(),
                    line.ourUnits(),
                    line.theirUnits(),
                    line.ours().toDecimal(),
                    line.source(),
                    line.theirs().toDecimal(),
                    line.difference().toDecimal(),
                    line.bookedAt());
        }
    }
}
