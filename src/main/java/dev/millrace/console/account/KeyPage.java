package dev.millrace.console.account;

import dev.millrace.access.Caller;
import dev.millrace.access.KeyGuard;
import dev.millrace.access.KeyInfo;
import dev.millrace.access.KeyScopes;
import dev.millrace.access.KeySpec;
import dev.millrace.access.KeyState;
import dev.millrace.access.Keyring;
import dev.millrace.access.NewKey;
import dev.millrace.access.Permission;
import dev.millrace.access.Role;
import dev.millrace.access.Suspendable;
import dev.millrace.access.Suspension;
import dev.millrace.access.people.Member;
import dev.millrace.address.Network;
import dev.millrace.console.Pages;
import dev.millrace.console.Pages.Content;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.CapSubject;
import dev.millrace.meter.Modality;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /console/keys/{id}}: one key, what it spent, what it may, and all that can be done to it. */
public final class KeyPage {
    private final AccountRooms rooms;
    private final Visitors visitors;
    private final Pages pages;

    KeyPage(AccountRooms rooms, Visitors visitors, Pages pages) {
        this.rooms = rooms;
        this.visitors = visitors;
        this.pages = pages;
    }

    /** A box of a form. */
    public record Box(String name, String label, boolean ticked) {}

    /** What the key may be used for, as the form has it. */
    public record Scopes(List<Box> dialects, List<Box> modalities, String models, String networks, boolean readOnly) {
        static Scopes of(KeySpec spec) {
            KeyScopes scopes = spec.scopes();
            return new Scopes(
                    KeyScopes.DIALECTS.stream()
                            .map(one -> new Box(
                                    "dialect_" + one, one, scopes.dialects().contains(one)))
                            .toList(),
                    Arrays.stream(Modality.values())
                            .map(one -> new Box(
                                    "modality_" + one.wire(),
                                    one.wire(),
                                    scopes.modalities().contains(one)))
                            .toList(),
                    String.join("\n", scopes.models()),
                    String.join(
                            "\n",
                            spec.networks().stream().map(Network::toString).toList()),
                    scopes.readOnly());
        }
    }

    /** What it spent. */
    public record Spent(String today, String week, String month, String ever) {}

    /**
     * All that the page shows.
     *
     * @param former the last letters of the secret before, and until when that works; empty when it does not any more
     * @param suspended why it is suspended; empty while it is not
     * @param changeable whether the reader may change it
     * @param mayCap whether the reader sets caps
     */
    public record View(
            KeyLine key,
            String expires,
            String expiresDay,
            String former,
            String suspended,
            String member,
            Scopes scopes,
            Spent spent,
            List<CapLine> caps,
            List<String> roles,
            boolean changeable,
            boolean mayCap,
            String secret,
            String message,
            boolean failed) {}

    /** What came of a form. */
    private record Told(String secret, String message, boolean failed) {
        static final Told NOTHING = new Told("", "", false);
    }

    /** {@code GET /console/keys/{id}}. */
    Response show(Request request) {
        return show(request, visitors.enter(request), 200, Told.NOTHING);
    }

    private interface Deed {
        Told done(Tx tx, Visitor visitor, KeyInfo key, FormBody form);
    }

    /** Does to the key what a form asks for, where the reader may, and shows it with what came of it. */
    private Response answer(Request request, Deed deed) {
        Visitor visitor = visitors.enter(request);
        FormBody form = FormBody.of(request, visitor.token());
        Caller caller = visitor.caller();
        try {
            Told told = rooms.database()
                    .writer()
                    .write(
                            caller.organization().text(),
                            tx -> deed.done(
                                    tx,
                                    visitor,
                                    rooms.organization().guard().changeable(tx, caller, request.pathParam("id")),
                                    form));
            return show(request, visitor, 200, told);
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            if (problem.fields().isEmpty()) {
                throw refused;
            }
            return show(request, visitor, problem.code().status(), new Told("", Blunder.told(problem), true));
        }
    }

    /** {@code POST /console/keys/{id}}: name, role, end and scopes. */
    Response change(Request request) {
        return answer(request, (tx, visitor, key, form) -> {
            KeySpec changed = KeyForms.changed(key.spec(), form, tx.now());
            rooms.organization().guard().changed(tx, visitor.caller(), key.spec(), changed);
            if (!changed.equals(key.spec())) {
                rooms.keyring().change(tx, visitor.caller().actor(), key.organization(), key.id(), changed);
            }
            return new Told("", "The key is changed.", false);
        });
    }

    /** {@code POST /console/keys/{id}/rotate}: a new secret; the former one works on for as long as the form says. */
    Response rotate(Request request) {
        return answer(request, (tx, visitor, key, form) -> {
            NewKey made = rooms.keyring()
                    .rotate(tx, visitor.caller().actor(), key.organization(), key.id(), overlap(form))
                    .orElseThrow();
            return new Told(made.full(), "", false);
        });
    }

    private static Duration overlap(FormBody form) {
        String text = form.text("overlap_seconds");
        if (text.isEmpty()) {
            return Keyring.OVERLAP;
        }
        if (!text.matches("[0-9]{1,7}") || Long.parseLong(text) > Keyring.OVERLAP_MAX.toSeconds()) {
            throw Problem.parameter(
                            "overlap_seconds",
                            "must be a whole number of seconds up to " + Keyring.OVERLAP_MAX.toSeconds() + ".")
                    .toException();
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    /** {@code POST /console/keys/{id}/end-former}: the former secret works no more. */
    Response endFormer(Request request) {
        return answer(request, (tx, visitor, key, form) -> {
            rooms.keyring().endFormer(tx, visitor.caller().actor(), key.organization(), key.id());
            return new Told("", "The former secret works no more.", false);
        });
    }

    /** {@code POST /console/keys/{id}/suspend}. */
    Response suspend(Request request) {
        return answer(request, (tx, visitor, key, form) -> {
            var who = new Suspendable.OfKey(key.id());
            try {
                rooms.organization()
                        .suspender()
                        .suspend(tx, visitor.caller().actor(), key.organization(), who, form.text("reason"), false);
            } catch (IllegalArgumentException e) {
                throw Problem.parameter("reason", "will not do: " + e.getMessage() + ".")
                        .toException();
            }
            return new Told("", "The key is suspended. What it has queued is canceled.", false);
        });
    }

    /** {@code POST /console/keys/{id}/resume}. */
    Response resume(Request request) {
        return answer(request, (tx, visitor, key, form) -> {
            var who = new Suspendable.OfKey(key.id());
            rooms.organization().suspender().resume(tx, visitor.caller().actor(), key.organization(), who, false);
            return new Told("", "The key works again.", false);
        });
    }

    private Response show(Request request, Visitor visitor, int status, Told told) {
        View view = rooms.database().read(tx -> view(tx, visitor.caller(), request.pathParam("id"), told));
        return pages.personal(
                request,
                status,
                new Content("account/key.jte", view.key().name(), "A key.", null, Map.of("page", view)),
                Visitors.told(visitor));
    }

    private View view(Tx tx, Caller caller, String id, Told told) {
        OrganizationId organization = caller.organization();
        KeyInfo key = KeyId.parse(id)
                .flatMap(one -> rooms.keyring().access().info(tx, organization, one))
                .orElseThrow(KeyPages::absent);
        Instant end = key.spec().expiresAt();
        KeyInfo.Former former = key.former();
        boolean alive = key.state() != KeyState.REVOKED;
        return new View(
                KeyPages.line(key, null, alive && KeyGuard.mayChange(caller, key.spec())),
                end == null ? "" : Moments.of(end),
                end == null ? "" : LocalDate.ofInstant(end, ZoneOffset.UTC).toString(),
                former == null ? "" : "…" + former.lastFour() + " until " + Moments.of(former.until()) + " UTC",
                rooms.organization()
                        .suspender()
                        .suspensions()
                        .find(tx, new Suspendable.OfKey(key.id()))
                        .map(Suspension::reason)
                        .orElse(""),
                member(tx, organization, key.spec().member()),
                Scopes.of(key.spec()),
                spent(tx, organization, key.id()),
                rooms.organization().caps().of(tx, CapSubject.key(organization, key.id())).stream()
                        .map(cap -> CapLine.of(cap, key.name()))
                        .toList(),
                roles(caller),
                alive && KeyGuard.mayChange(caller, key.spec()),
                alive && caller.may(Permission.MANAGE_BILLING),
                told.secret(),
                told.message(),
                told.failed());
    }

    static List<String> roles(Caller caller) {
        return Arrays.stream(Role.values())
                .filter(role -> caller.role().covers(role))
                .map(Role::wire)
                .toList();
    }

    private String member(Tx tx, OrganizationId organization, @Nullable MemberId member) {
        return member == null
                ? ""
                : rooms.members()
                        .find(tx, organization, member)
                        .map(Member::name)
                        .orElse("");
    }

    private Spent spent(Tx tx, OrganizationId organization, KeyId key) {
        LocalDate today = LocalDate.ofInstant(rooms.clock().instant(), ZoneOffset.UTC);
        return new Spent(
                Cash.exact(rooms.usage().charged(tx, organization, key, today)),
                Cash.exact(rooms.usage().charged(tx, organization, key, today.minusDays(6))),
                Cash.exact(rooms.usage().charged(tx, organization, key, today.withDayOfMonth(1))),
                Cash.exact(rooms.usage().charged(tx, organization, key, LocalDate.EPOCH)));
    }
}
