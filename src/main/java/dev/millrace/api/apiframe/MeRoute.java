package dev.millrace.api.apiframe;

import dev.millrace.access.Organization;
import dev.millrace.access.Organizations;
import dev.millrace.access.Principal;
import dev.millrace.db.Database;
import dev.millrace.limits.JobLimits;
import dev.millrace.limits.JobSlots;
import dev.millrace.money.CreditRate;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.Wallet;

/** {@code GET /v2/me}: whose key it is, and what the team has left (contract 1.5). */
final class MeRoute {
    private final Entrance entrance;
    private final Database database;
    private final Organizations organizations;
    private final Wallet wallet;
    private final CreditRate rate;
    private final JobSlots slots;

    MeRoute(
            Entrance entrance,
            Database database,
            Organizations organizations,
            Wallet wallet,
            CreditRate rate,
            JobSlots slots) {
        this.entrance = entrance;
        this.database = database;
        this.organizations = organizations;
        this.wallet = wallet;
        this.rate = rate;
        this.slots = slots;
    }

    private record Team(Organization organization, Balance balance, JobLimits limits) {}

    Response me(Request request) {
        Principal principal = entrance.counted(request);
        wallet.reserves().settle(principal.organization());
        Team team = database.read(tx -> new Team(
                organizations.find(tx, principal.organization()).orElseThrow(),
                wallet.balance(tx, principal.organization()),
                slots.limits(tx, principal.organization())));
        long credits = Math.max(0, rate.creditsDown(team.balance().available()));
        return Response.json(200, MeBody.of(principal, team.organization(), credits, team.limits()));
    }
}
