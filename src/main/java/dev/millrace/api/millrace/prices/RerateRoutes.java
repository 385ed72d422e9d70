package dev.millrace.api.millrace.prices;

import dev.millrace.access.Needs;
import dev.millrace.access.Permission;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.prices.PriceBodies.RerateBody;
import dev.millrace.billing.rerate.Rerating;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Csv;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/prices/rerate}: what a past time would have cost. */
final class RerateRoutes {
    /** A long time is read for a long time: others wait their turn, so that the database is there for requests. */
    private static final int AT_ONCE = 2;

    private final PricesApi.Rooms rooms;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    RerateRoutes(PricesApi.Rooms rooms) {
        this.rooms = rooms;
    }

    Response rerate(Request request) {
        Principal principal = rooms.access().enter(request);
        Fields body = Fields.of(request.body()).only(RerateForm.FORM.names(), "");
        OrganizationId organization = organization(principal, body.textOrNull("organization"));
        boolean csv = csv(body.textOrNull("format"));
        RerateForm form = RerateForm.of(body);
        Rerating told = inTurn(organization, form);
        RerateBody answer = RerateBody.of(form.from().toString(), form.to().toString(), told);
        return csv
                ? Response.bytes(200, Csv.CONTENT_TYPE, answer.csv().getBytes(StandardCharsets.UTF_8))
                        .header("Content-Disposition", "attachment; filename=\"rerating.csv\"")
                : Response.json(200, answer);
    }

    private Rerating inTurn(OrganizationId organization, RerateForm form) {
        Instant now = rooms.clock().instant();
        Instant until = form.end().isAfter(now) ? now : form.end();
        turns.acquireUninterruptibly();
        try {
            return rooms.rerater().run(organization, form.start(), until, form.draft(), each -> {});
        } finally {
            turns.release();
        }
    }

    private OrganizationId organization(Principal principal, @Nullable String named) {
        if (named == null || named.equals(principal.organization().text())) {
            return principal.organization();
        }
        Needs.check(Permission.OPERATE.wire(), principal.standing());
        return OrganizationId.parse(named)
                .filter(id -> rooms.database()
                        .<Boolean>read(
                                tx -> rooms.desk().organizations().find(tx, id).isPresent()))
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such organization."));
    }

    private static boolean csv(@Nullable String format) {
        return switch (format == null ? "json" : format) {
            case "csv" -> true;
            case "json" -> false;
            default -> throw Fields.wrong("format", "enum", "must be json or csv.");
        };
    }
}
