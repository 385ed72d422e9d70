package dev.millrace.console.account;

import dev.millrace.access.Caller;
import dev.millrace.access.Environment;
import dev.millrace.access.KeyGuard;
import dev.millrace.access.KeyInfo;
import dev.millrace.access.KeySpec;
import dev.millrace.access.KeyState;
import dev.millrace.access.NewKey;
import dev.millrace.access.Permission;
import dev.millrace.access.Role;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.usage.UsageGroup;
import dev.millrace.usage.UsageTotal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keys: seen, made, rotated, revoked; what each one spent. A new secret is shown by the answer that makes it, and never again. */
final class KeyPages {
    private static final int DAYS = 30;

    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    KeyPages(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /** {@code GET /console/keys}. */
    Response list(Request request) {
        return show(request, visitors.enter(request), 200, "", "");
    }

    private Response show(Request request, Visitor visitor, int status, String secret, String failure) {
        Caller caller = visitor.caller();
        OrganizationId organization = caller.organization();
        LocalDate today = rooms.clock().instant().atZone(ZoneOffset.UTC).toLocalDate();
        List<KeyInfo> keys =
                rooms.database().read(tx -> rooms.keyring().access().list(tx, organization));
        Map<String, UsageTotal> usage = new HashMap<>();
        rooms.database()
                .read(tx -> rooms.usage()
                        .totals(tx, organization, today.minusDays(DAYS - 1L), today.plusDays(1), UsageGroup.KEY))
                .forEach(total -> usage.put(total.group(), total));
        List<KeyLine> lines = keys.reversed().stream()
                .map(key -> line(key, usage.get(key.id().text()), KeyGuard.mayChange(caller, key.spec())))
                .toList();
        List<String> roles = KeyPage.roles(caller);
        return pages.personal(
                request,
                status,
                new Content(
                        "account/keys.jte",
                        "Keys",
                        "The keys of the organization.",
                        null,
                        Map.of(
                                "keys",
                                lines,
                                "roles",
                                roles,
                                "secret",
                                secret,
                                "failure",
                                failure,
                                "may",
                                caller.may(Permission.MANAGE_OWN_KEYS))),
                Visitors.told(visitor));
    }

    static KeyLine line(KeyInfo key, @Nullable UsageTotal usage, boolean changeable) {
        return new KeyLine(
                key.id().text(),
                key.name(),
                key.label(),
                key.environment().wire(),
                key.spec().role().wire(),
                key.state().wire(),
                key.state() == KeyState.ACTIVE ? "ok" : key.state() == KeyState.REVOKED ? "" : "warn",
                Moments.of(key.createdAt()),
                usage == null ? 0 : usage.requests(),
                Cash.exact(usage == null ? Money.ZERO : usage.charge()),
                changeable && key.state() != KeyState.REVOKED);
    }

    /** {@code POST /console/keys}. */
    Response create(Request request) {
        Visitor visitor = visitors.enter(request);
        FormBody form = FormBody.of(request, visitor.token());
        Caller caller = visitor.caller();
        Role role = Role.parse(form.text("role")).orElse(Role.DEVELOPER);
        try {
            Environment environment = form.text("environment").equals("test") ? Environment.TEST : Environment.LIVE;
            KeySpec spec = KeySpec.of(form.text("name"), environment, role)
                    .ownedBy(caller.member())
                    .until(KeyForms.end(
                            form.text("expires"), null, rooms.clock().instant()));
            NewKey key = rooms.database().writer().write(caller.organization().text(), tx -> {
                rooms.organization().guard().makeable(tx, caller, spec);
                return rooms.keyring().create(tx, caller.actor(), caller.organization(), spec);
            });
            return show(request, visitor, 201, key.full(), "");
        } catch (IllegalArgumentException refused) {
            return show(request, visitor, 400, "", "The name will not do: " + refused.getMessage() + ".");
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            return show(request, visitor, problem.code().status(), "", Blunder.told(problem));
        }
    }

    /** {@code POST /console/keys/{id}/revoke}. */
    Response revoke(Request request) {
        Visitor visitor = visitors.enter(request);
        var unused = FormBody.of(request, visitor.token());
        Caller caller = visitor.caller();
        rooms.database().writer().<Boolean>write(caller.organization().text(), tx -> {
            KeyInfo key = rooms.organization().guard().changeable(tx, caller, request.pathParam("id"));
            return rooms.keyring().revoke(tx, caller.actor(), caller.organization(), key.id());
        });
        return Answers.to("/console/keys");
    }

    static ProblemException absent() {
        return Problem.of(ProblemCode.NOT_FOUND, "There is no such key, or it is not yours to change.")
                .toException();
    }
}
