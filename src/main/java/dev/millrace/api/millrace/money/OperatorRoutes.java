package dev.millrace.api.millrace.money;

import dev.millrace.access.Access;
import dev.millrace.access.Organizations;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.Amounts;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.money.MoneyBodies.BookedBody;
import dev.millrace.api.millrace.money.MoneyBodies.CodeBody;
import dev.millrace.api.millrace.money.MoneyBodies.CreditBody;
import dev.millrace.api.millrace.money.MoneyBodies.RefundBody;
import dev.millrace.api.millrace.money.MoneyBodies.RemovedBody;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.billing.Codes;
import dev.millrace.billing.Treasury;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.wallet.Funding;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Note;
import dev.millrace.wallet.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** What the operator does to the wallets of others. None of it pays out. */
final class OperatorRoutes {
    private static final String WHY = "Why, in words; it stands in the statement.";
    private static final String PAPER = "The number of the paper that says so.";
    static final Form TOPUP = Form.object()
            .needs("amount_usd", "string", "How much, in dollars.")
            .takes("cause", "string", "Names what it is for; a repeat of it books nothing.")
            .takes("promotion", "boolean", "It is a gift, not a payment.")
            .takes("reason", "string", WHY)
            .takes("reference", "string", PAPER);
    static final Form GRANT = Form.object()
            .needs("amount_usd", "string", "How much, in dollars.")
            .needs("expires_at", "string", "Until when it can be spent.")
            .takes("id", "string", "Names it; a repeat of it books nothing.")
            .takes("reason", "string", WHY)
            .takes("reference", "string", PAPER);
    static final Form CREDIT = Form.object()
            .needs("line_usd", "string", "How far it may spend before it pays, in dollars.")
            .takes("reason", "string", WHY)
            .takes("reference", "string", PAPER);
    static final Form REFUND = Form.object()
            .needs("charge", "string", "The id of what was charged, as job:<id> or live:<id>.")
            .needs("amount_usd", "string", "How much of it, in dollars.")
            .takes("number", "integer", "Which refund of it this is, from 1, so that a repeat books nothing.")
            .needs("reason", "string", "Why it is paid back, in words; it stands in the statement.")
            .takes("reference", "string", PAPER);
    static final Form CODE = Form.object()
            .needs("amount_usd", "string", "What each organization gets that redeems it.")
            .takes("uses", "integer", "How many organizations may redeem it; 1 otherwise.")
            .needs("redeem_until", "string", "Until when it can be redeemed.")
            .takes("lasts_days", "integer", "How many days what it gives can be spent; 365 otherwise.");

    private final Access access;
    private final Database database;
    private final Wallet wallet;
    private final Organizations organizations;
    private final Treasury treasury;
    private final Codes codes;
    private final IdSource ids;

    OperatorRoutes(MoneyApi.Rooms rooms) {
        this.access = rooms.access();
        this.database = rooms.database();
        this.wallet = rooms.wallet();
        this.organizations = rooms.organizations();
        this.treasury = rooms.treasury();
        this.codes = rooms.codes();
        this.ids = rooms.ids();
    }

    Response topUp(Request request) {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body()).only(TOPUP.names(), "");
        Money amount = positive(body, "amount_usd");
        String cause = name(body.textOrNull("cause"));
        Funding from = body.flag("promotion") ? Funding.PROMOTION : Funding.CASH_IN;
        return booked(
                request,
                "topup",
                cause,
                (tx, organization) -> treasury.topUp(
                        tx, principal.actor(request.remoteAddress()), organization, cause, amount, from, note(body)));
    }

    Response grant(Request request) {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body()).only(GRANT.names(), "");
        Money amount = positive(body, "amount_usd");
        String id = name(body.textOrNull("id"));
        Instant expiresAt = instant(body, "expires_at");
        return booked(
                request,
                "grant",
                id,
                (tx, organization) -> treasury.grant(
                        tx, principal.actor(request.remoteAddress()), organization, id, amount, expiresAt, note(body)));
    }

    Response credit(Request request) {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body()).only(CREDIT.names(), "");
        Money line = Amounts.usd(body, "line_usd");
        OrganizationId organization = organization(request);
        return Response.json(200, database.writer().write(organization.text(), tx -> {
            require(tx, organization);
            treasury.credit(tx, principal.actor(request.remoteAddress()), organization, line, note(body));
            return CreditBody.of(organization.text(), wallet.creditLine(tx, organization));
        }));
    }

    Response refund(Request request) {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body()).only(REFUND.names(), "");
        HoldId charge = charge(body.text("charge"));
        Money amount = positive(body, "amount_usd");
        body.text("reason");
        int number = Math.toIntExact(Math.min(body.number("number", 1).orElse(0), Integer.MAX_VALUE));
        String lane = database.read(tx -> wallet.find(tx, charge))
                .map(hold -> hold.organization().text())
                .orElseThrow(OperatorRoutes::noCharge);
        return Response.json(
                201,
                database.writer()
                        .write(
                                lane,
                                tx -> RefundBody.of(
                                        charge.text(),
                                        treasury.refund(
                                                tx,
                                                principal.actor(request.remoteAddress()),
                                                charge,
                                                number == 0 ? null : number,
                                                amount,
                                                note(body)))));
    }

    Response makeCode(Request request) {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body()).only(CODE.names(), "");
        Money amount = positive(body, "amount_usd");
        Instant until = instant(body, "redeem_until");
        Duration lasts = Duration.ofDays(Math.min(body.number("lasts_days", 1).orElse(365), 100_000));
        Codes.NewCode made = database.writer()
                .write(
                        "codes",
                        tx -> codes.create(
                                tx,
                                principal.actor(request.remoteAddress()),
                                amount,
                                body.number("uses", 1).orElse(1),
                                until,
                                lasts));
        return Response.json(201, CodeBody.of(made.code(), made.text()));
    }

    Response listCodes(Request request) {
        access.enter(request);
        return Response.json(
                200,
                PageBody.of(
                        database.read(tx -> codes.latest(tx, 200).stream()
                                .map(code -> CodeBody.of(code, null))
                                .toList()),
                        null));
    }

    Response endCode(Request request) {
        Principal principal = access.enter(request);
        boolean ended = database.writer()
                .<Boolean>write(
                        "codes",
                        tx -> codes.end(tx, principal.actor(request.remoteAddress()), request.pathParam("id")));
        return Response.json(200, new RemovedBody("code", ended));
    }

    private interface Booking {
        boolean book(Tx tx, OrganizationId organization);
    }

    private Response booked(Request request, String object, String id, Booking booking) {
        OrganizationId organization = organization(request);
        BookedBody body = database.writer().write(organization.text(), tx -> {
            require(tx, organization);
            boolean booked = booking.book(tx, organization);
            return BookedBody.of(object, organization.text(), id, booked, wallet.balance(tx, organization));
        });
        return Response.json(body.booked() ? 201 : 200, body);
    }

    private static OrganizationId organization(Request request) {
        return OrganizationId.parse(request.pathParam("id")).orElseThrow(OperatorRoutes::noOrganization);
    }

    private void require(Tx tx, OrganizationId organization) {
        if (organizations.find(tx, organization).isEmpty()) {
            throw noOrganization();
        }
    }

    private static ProblemException noOrganization() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such organization.");
    }

    private static ProblemException noCharge() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such charge.");
    }

    private String name(@Nullable String given) {
        if (given == null) {
            return "operator:" + ids.uuid();
        }
        if (!given.matches("[A-Za-z0-9][A-Za-z0-9 ._:/-]{0,119}")) {
            throw Fields.wrong("cause", "format", "must have 1 to 120 letters, digits and . _ : / - in it.");
        }
        return given;
    }

    private static Money positive(Fields body, String field) {
        Money amount = Amounts.usd(body, field);
        if (!amount.isPositive()) {
            throw Fields.wrong(field, "minimum", "must be above zero.");
        }
        return amount;
    }

    private static Instant instant(Fields body, String field) {
        try {
            return Instant.parse(body.text(field));
        } catch (DateTimeParseException e) {
            throw Fields.wrong(field, "format", "must be a time, as 2026-12-31T23:59:59Z.");
        }
    }

    private static HoldId charge(String text) {
        try {
            return new HoldId(text);
        } catch (IllegalArgumentException e) {
            throw noCharge();
        }
    }

    private static Note note(Fields body) {
        String reason = body.textOrNull("reason");
        String reference = body.textOrNull("reference");
        try {
            return new Note(reason == null ? "" : reason, reference == null ? "" : reference);
        } catch (IllegalArgumentException e) {
            throw Fields.wrong("reason", "maxLength", String.valueOf(e.getMessage()) + ".");
        }
    }
}
