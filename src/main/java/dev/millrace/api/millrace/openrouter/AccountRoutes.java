package dev.millrace.api.millrace.openrouter;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.openrouter.KeyBody.Used;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.limits.CapSubject;
import dev.millrace.limits.Caps;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Wallet;
import java.time.DayOfWeek;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/** {@code GET /api/v1/key} and {@code GET /api/v1/credits}. */
final class AccountRoutes {
    private final Access access;
    private final Database database;
    private final Wallet wallet;
    private final UsageStore usage;
    private final Caps caps;
    private final InstantSource clock;
    private final int requestsPerMinute;

    AccountRoutes(
            Access access,
            Database database,
            Wallet wallet,
            UsageStore usage,
            Caps caps,
            InstantSource clock,
            int requestsPerMinute) {
        this.access = access;
        this.database = database;
        this.wallet = wallet;
        this.usage = usage;
        this.caps = caps;
        this.clock = clock;
        this.requestsPerMinute = requestsPerMinute;
    }

    /** Days, weeks and months are those of UTC; a week begins on Monday. */
    Response key(Request request) {
        Principal principal = access.enter(request);
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return Response.json(
                200,
                new DataBody<>(database.read(tx -> KeyBody.of(
                        principal,
                        access.info(tx, principal.organization(), principal.key())
                                .orElseThrow(),
                        used(tx, principal, today),
                        caps.of(tx, CapSubject.key(principal.organization(), principal.key())),
                        requestsPerMinute))));
    }

    private Used used(Tx tx, Principal principal, LocalDate today) {
        KeyId key = principal.key();
        return new Used(
                usage.charged(tx, principal.organization(), key, LocalDate.EPOCH),
                usage.charged(tx, principal.organization(), key, today),
                usage.charged(
                        tx,
                        principal.organization(),
                        key,
                        today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))),
                usage.charged(tx, principal.organization(), key, today.withDayOfMonth(1)));
    }

    Response credits(Request request) {
        Principal principal = access.enter(request);
        CreditsBody credits = database.read(tx -> CreditsBody.of(
                wallet.balance(tx, principal.organization()).total(),
                usage.charged(tx, principal.organization(), null, LocalDate.EPOCH)));
        return Response.json(200, new DataBody<>(credits));
    }
}
