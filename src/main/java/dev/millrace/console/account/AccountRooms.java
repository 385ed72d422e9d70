package dev.millrace.console.account;

import dev.millrace.access.Keyring;
import dev.millrace.access.Organizations;
import dev.millrace.access.people.Members;
import dev.millrace.access.people.People;
import dev.millrace.access.people.PeopleSettings;
import dev.millrace.access.sessions.Callers;
import dev.millrace.access.sessions.Sessions;
import dev.millrace.access.signin.Attempts;
import dev.millrace.assets.AssetLinks;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.jobs.Jobs;
import dev.millrace.payments.Payments;
import dev.millrace.trail.Trail;
import dev.millrace.usage.UsageStore;
import dev.millrace.wallet.Wallet;
import java.time.InstantSource;
import java.util.function.BiFunction;

/**
 * What the pages are made with.
 *
 * @param founding makes an organization of that name in the transaction
 */
public record AccountRooms(
        Database database,
        Organizations organizations,
        People people,
        Members members,
        Sessions sessions,
        Callers callers,
        Attempts attempts,
        Doors doors,
        Trail trail,
        BiFunction<Tx, String, OrganizationId> founding,
        PeopleSettings settings,
        Keyring keyring,
        OrganizationRooms organization,
        Wallet wallet,
        Payments payments,
        UsageStore usage,
        Jobs jobs,
        AssetLinks links,
        IdSource ids,
        InstantSource clock) {}
