package dev.millrace.api.millrace.money;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.Amounts;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.money.MoneyBodies.CapBody;
import dev.millrace.api.millrace.money.MoneyBodies.CapsBody;
import dev.millrace.api.millrace.money.MoneyBodies.RemovedBody;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.billing.Treasury;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.CapPeriod;
import dev.millrace.limits.CapState;
import dev.millrace.limits.CapSubject;
import dev.millrace.limits.Caps;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;

/** {@code /api/v1/caps}: how much the organization, its members and its keys may spend. */
final class CapRoutes {
    static final Form FORM = Form.object()
            .needs("limit_usd", "string", "The most that may be spent in one period, in dollars; 0 for nothing.");

    private static final int EVENTS = 50;

    private final Access access;
    private final Database database;
    private final Caps caps;
    private final Treasury treasury;

    CapRoutes(MoneyApi.Rooms rooms) {
        this.access = rooms.access();
        this.database = rooms.database();
        this.caps = rooms.caps();
        this.treasury = rooms.treasury();
    }

    Response list(Request request) {
        OrganizationId organization = access.enter(request).organization();
        return Response.json(
                200,
                database.read(tx -> CapsBody.of(caps.all(tx, organization), caps.events(tx, organization, EVENTS))));
    }

    Response set(Request request) {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body()).only(FORM.names(), "");
        CapPeriod period = period(request.pathParam("period"));
        CapSubject subject = subject(principal.organization(), request.pathParam("subject"));
        Money limit = Amounts.usd(body, "limit_usd");
        CapState set = database.writer().write(principal.organization().text(), tx -> {
            require(tx, subject);
            treasury.cap(tx, principal.actor(request.remoteAddress()), subject, period, limit);
            return caps.of(tx, subject).stream()
                    .filter(cap -> cap.period() == period)
                    .findFirst()
                    .orElseThrow();
        });
        return Response.json(200, CapBody.of(set));
    }

    Response remove(Request request) {
        Principal principal = access.enter(request);
        CapPeriod period = period(request.pathParam("period"));
        CapSubject subject = subject(principal.organization(), request.pathParam("subject"));
        boolean removed = database.writer()
                .<Boolean>write(
                        principal.organization().text(),
                        tx -> treasury.cap(tx, principal.actor(request.remoteAddress()), subject, period, null));
        return Response.json(200, new RemovedBody("cap", removed));
    }

    private void require(Tx tx, CapSubject subject) {
        KeyId key = subject.key();
        if (key != null && access.info(tx, subject.organization(), key).isEmpty()) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such key.");
        }
    }

    static CapSubject subject(OrganizationId organization, String code) {
        return CapSubject.of(organization, code)
                .orElseThrow(() ->
                        Fields.wrong("subject", "format", "must be organization, key:<its id> or member:<its id>."));
    }

    static CapPeriod period(String wire) {
        return CapPeriod.of(wire)
                .orElseThrow(() -> Fields.wrong("period", "enum", "must be day, week, month or total."));
    }
}
