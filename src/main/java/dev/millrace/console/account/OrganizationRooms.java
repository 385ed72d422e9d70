package dev.millrace.console.account;

import dev.millrace.access.KeyGuard;
import dev.millrace.billing.Treasury;
import dev.millrace.invoices.Invoices;
import dev.millrace.jobs.Suspender;
import dev.millrace.limits.Caps;
import dev.millrace.limits.LimitStandings;

/** What the pages about an organization's money, limits and keys call. */
public record OrganizationRooms(
        KeyGuard guard,
        Suspender suspender,
        Caps caps,
        Treasury treasury,
        LimitStandings limits,
        Invoices invoices,
        Statements statements) {}
