package dev.millrace.api.millrace.keys;

import dev.millrace.access.Keyring;
import dev.millrace.access.Organizations;
import dev.millrace.access.people.MemberChanges;
import dev.millrace.access.people.Members;
import dev.millrace.access.sessions.Callers;
import dev.millrace.db.Database;
import dev.millrace.jobs.Suspender;
import dev.millrace.limits.Caps;
import dev.millrace.trail.Trail;
import dev.millrace.usage.UsageStore;
import java.time.InstantSource;

/** The rooms that the routes about keys and suspensions call. */
public record KeyRooms(
        Callers callers,
        Keyring keyring,
        Organizations organizations,
        Members members,
        MemberChanges memberChanges,
        Suspender suspender,
        Caps caps,
        UsageStore usage,
        Trail trail,
        Database database,
        InstantSource clock) {}
