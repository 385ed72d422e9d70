package dev.millrace.api.millrace.keys;

import dev.millrace.access.Caller;
import dev.millrace.access.KeyGuard;
import dev.millrace.access.KeyInfo;
import dev.millrace.access.KeySpec;
import dev.millrace.access.KeyState;
import dev.millrace.access.NewKey;
import dev.millrace.access.Suspendable;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.keys.ManagedKeyBody.Used;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.CapSubject;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/** {@code /api/v1/keys}: what there is, made, changed and revoked. */
final class KeyRoutes {
    private static final int PAGE = 100;

    /** Everything of one kind. */
    record ListBody(List<ManagedKeyBody> data) {}

    /** One key. */
    record OneBody(ManagedKeyBody data) {}

    /** A key that was just made, or that has a new secret: {@code key} is shown this once. */
    record MadeBody(String key, ManagedKeyBody data) {}

    /** It is gone. */
    record DeletedBody(boolean deleted) {}

    private final KeyRooms rooms;
    private final KeyGuard guard;
    private final KeyCaps caps;

    KeyRoutes(KeyRooms rooms) {
        this.rooms = rooms;
        this.guard = new KeyGuard(rooms.keyring().access());
        this.caps = new KeyCaps(rooms.caps(), rooms.trail());
    }

    /** A hundred at a time, the newest first, as OpenRouter has it. */
    Response list(Request request) {
        Caller caller = rooms.callers().caller(request);
        boolean disabled = flag(request, "include_disabled");
        boolean revoked = flag(request, "include_revoked");
        long offset =
                request.query("offset").map(text -> number("offset", text)).orElse(0L);
        List<ManagedKeyBody> found = rooms.database()
                .read(tx -> rooms.keyring().access().list(tx, caller.organization()).reversed().stream()
                        .filter(key -> key.state() == KeyState.REVOKED ? revoked : disabled || !key.resting())
                        .skip(offset)
                        .limit(PAGE)
                        .map(key -> body(tx, key))
                        .toList());
        return Response.json(200, new ListBody(found));
    }

    Response one(Request request) {
        Caller caller = rooms.callers().caller(request);
        return Response.json(
                200,
                new OneBody(rooms.database().read(tx -> body(tx, guard.find(tx, caller, request.pathParam("hash"))))));
    }

    Response create(Request request) {
        Caller caller = rooms.callers().caller(request);
        Fields body = Fields.of(request.body()).only(KeyForm.CREATE.names(), "");
        KeySpec spec = KeyForm.made(body, caller, rooms.clock().instant());
        KeyCaps.Wish wish = KeyCaps.wish(body);
        boolean resting = body.flag("disabled");
        OrganizationId organization = caller.organization();
        return rooms.database().writer().write(organization.text(), tx -> {
            guard.makeable(tx, caller, spec);
            requireMember(tx, caller, spec);
            NewKey made = rooms.keyring().create(tx, caller.actor(), organization, spec);
            caps.set(tx, caller.actor(), CapSubject.key(organization, made.id()), wish);
            if (resting) {
                rooms.keyring().rest(tx, caller.actor(), organization, made.id(), true);
            }
            return Response.json(201, new MadeBody(made.full(), body(tx, organization, made.id())));
        });
    }

    Response change(Request request) {
        Caller caller = rooms.callers().caller(request);
        Fields body = Fields.of(request.body()).only(KeyForm.CHANGE.names(), "");
        KeyCaps.Wish wish = KeyCaps.wish(body);
        OrganizationId organization = caller.organization();
        return rooms.database().writer().write(organization.text(), tx -> {
            KeyInfo key = guard.changeable(tx, caller, request.pathParam("hash"));
            KeySpec changed = KeyForm.changed(key.spec(), body, tx.now());
            guard.changed(tx, caller, key.spec(), changed);
            requireMember(tx, caller, changed);
            if (!changed.equals(key.spec())) {
                rooms.keyring().change(tx, caller.actor(), organization, key.id(), changed);
            }
            CapSubject capped = CapSubject.key(organization, key.id());
            caps.require(tx, caller, capped, wish);
            caps.set(tx, caller.actor(), capped, wish);
            if (body.has("disabled")) {
                rooms.keyring().rest(tx, caller.actor(), organization, key.id(), body.flag("disabled"));
            }
            return Response.json(200, new OneBody(body(tx, organization, key.id())));
        });
    }

    Response delete(Request request) {
        Caller caller = rooms.callers().caller(request);
        return rooms.database().writer().write(caller.organization().text(), tx -> {
            KeyInfo key = guard.changeable(tx, caller, request.pathParam("hash"));
            rooms.keyring().revoke(tx, caller.actor(), caller.organization(), key.id());
            return Response.json(200, new DeletedBody(true));
        });
    }

    KeyGuard guard() {
        return guard;
    }

    ManagedKeyBody body(Tx tx, OrganizationId organization, KeyId id) {
        return body(tx, rooms.keyring().access().info(tx, organization, id).orElseThrow());
    }

    private ManagedKeyBody body(Tx tx, KeyInfo key) {
        return ManagedKeyBody.of(
                key,
                used(tx, key),
                caps.of(tx, CapSubject.key(key.organization(), key.id())),
                rooms.suspender()
                        .suspensions()
                        .find(tx, new Suspendable.OfKey(key.id()))
                        .orElse(null));
    }

    private Used used(Tx tx, KeyInfo key) {
        LocalDate today = LocalDate.ofInstant(rooms.clock().instant(), ZoneOffset.UTC);
        LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        var usage = rooms.usage();
        OrganizationId organization = key.organization();
        return new Used(
                usage.charged(tx, organization, key.id(), LocalDate.EPOCH),
                usage.charged(tx, organization, key.id(), today),
                usage.charged(tx, organization, key.id(), monday),
                usage.charged(tx, organization, key.id(), today.withDayOfMonth(1)));
    }

    private void requireMember(Tx tx, Caller caller, KeySpec spec) {
        if (spec.member() != null
                && rooms.members()
                        .find(tx, caller.organization(), spec.member())
                        .isEmpty()) {
            throw Fields.wrong("member_id", "value", "must be a member of the organization.");
        }
    }

    private static boolean flag(Request request, String name) {
        return request.query(name).filter("true"::equals).isPresent();
    }

    private static long number(String name, String text) {
        if (!text.matches("[0-9]{1,9}")) {
            throw Fields.wrong(name, "type", "must be a whole number from 0.");
        }
        return Long.parseLong(text);
    }
}
