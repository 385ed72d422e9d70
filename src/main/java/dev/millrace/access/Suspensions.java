package dev.millrace.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.millrace.db.Database;
import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Suspends and resumes keys, members and organizations. A suspended key or member is turned away; who belongs to a suspended
 * organization may look and pay. It holds at once on the node that was told, and on every other once what that trusts has run
 * out, which is within a second unless it was set otherwise.
 */
public final class Suspensions {
    private static final Logger LOG = LoggerFactory.getLogger(Suspensions.class);
    private static final int REASON_MAX = 200;
    private static final String COLUMNS = "select reason, by_operator, since from suspensions where ";

    private final Database database;
    private final Access access;
    private final Cache<Principal, Known> running;
    private final AtomicLong changes = new AtomicLong();

    /** @param after how many changes were known before it was read */
    private record Known(Optional<Problem> why, long after) {}

    public Suspensions(Database database, Access access, AccessSettings settings) {
        this.database = database;
        this.access = access;
        this.running = Caffeine.newBuilder()
                .expireAfterWrite(settings.cacheFor())
                .maximumSize(settings.cacheSize())
                .build();
    }

    /**
     * Suspends somebody, once the transaction commits. What the operator does goes over what an organization did itself.
     *
     * @param reason what whoever is turned away reads: 1 to 200 letters
     * @return false when the same was so already
     * @throws IllegalArgumentException when the reason is none
     */
    public boolean suspend(Tx tx, Suspendable who, String reason, boolean byOperator) {
        boolean won = tx.won("""
                insert into suspensions (subject, by_operator, reason, since) values (?, ?, ?, ?)
                on conflict (subject) do update set by_operator = 1, reason = excluded.reason
                where suspensions.by_operator = 0 and excluded.by_operator = 1
                """, who.subject(), byOperator, checkedReason(reason), tx.now());
        forget(tx);
        return won;
    }

    /**
     * Resumes somebody, once the transaction commits; false when there was nothing to resume.
     *
     * @throws ProblemException {@code FORBIDDEN} when the operator suspended it, and another wants to resume it
     */
    public boolean resume(Tx tx, Suspendable who, boolean byOperator) {
        Optional<Suspension> found = find(tx, who);
        if (found.isPresent() && found.get().byOperator() && !byOperator) {
            throw Forbidden.SUSPENDED.exception(
                    "The operator of this installation suspended it, and the operator alone can resume it.");
        }
        forget(tx);
        return tx.won("delete from suspensions where subject = ?", who.subject());
    }

    public Optional<Suspension> find(Tx tx, Suspendable who) {
        return tx.one(COLUMNS + "subject = ?", Suspensions::read, who.subject());
    }

    /**
     * Why what somebody has running must end, as far as this node knows; empty while it may go on, and while the database is away:
     * nobody's answer breaks because it can not be looked up.
     */
    public Optional<Problem> stops(Principal principal) {
        Known known = running.get(principal, this::look);
        while (known.after() != changes.get()) {
            // Emptying the cache does not wait for what is being read: that may be from before the change.
            running.asMap().remove(principal, known);
            known = running.get(principal, this::look);
        }
        return known.why();
    }

    private Known look(Principal principal) {
        long after = changes.get();
        try {
            return new Known(database.read(tx -> stops(tx, principal)), after);
        } catch (ProblemException away) {
            LOG.debug("whether somebody was suspended is not known now: {}", away.toString());
            return new Known(Optional.empty(), after);
        }
    }

    /** What anybody is told who acts as this member, when the member may not; empty when the member may. */
    public Optional<Problem> ofMember(Tx tx, MemberId member) {
        return first(tx, List.of(new Suspendable.OfMember(member)));
    }

    /** What anybody is told who wants more of this organization than to look and to pay; empty while it is in good standing. */
    public Optional<Problem> ofOrganization(Tx tx, OrganizationId organization) {
        return first(tx, List.of(new Suspendable.OfOrganization(organization)));
    }

    private static Optional<Problem> stops(Tx tx, Principal principal) {
        List<Suspendable> any = new ArrayList<>();
        any.add(new Suspendable.OfOrganization(principal.organization()));
        any.add(new Suspendable.OfKey(principal.key()));
        @Nullable MemberId member = principal.member();
        if (member != null) {
            any.add(new Suspendable.OfMember(member));
        }
        return first(tx, any);
    }

    private static Optional<Problem> first(Tx tx, List<Suspendable> any) {
        for (Suspendable who : any) {
            Optional<Problem> why = tx.one(COLUMNS + "subject = ?", Suspensions::read, who.subject())
                    .map(found -> problem(who, found));
            if (why.isPresent()) {
                return why;
            }
        }
        return Optional.empty();
    }

    private static Problem problem(Suspendable who, Suspension suspension) {
        String what = switch (who) {
            case Suspendable.OfKey key -> "The API key";
            case Suspendable.OfMember member -> "The member that this acts for";
            case Suspendable.OfOrganization organization -> "The organization";
        };
        return Forbidden.SUSPENDED
                .exception(what + " is suspended: " + suspension.reason())
                .problem();
    }

    private void forget(Tx tx) {
        access.forgetAll(tx);
        tx.afterCommit(() -> {
            changes.incrementAndGet();
            running.invalidateAll();
        });
    }

    private static String checkedReason(String reason) {
        String stripped = reason.strip();
        if (stripped.isEmpty()
                || stripped.length() > REASON_MAX
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a reason has 1 to " + REASON_MAX + " letters and no control characters");
        }
        return stripped;
    }

    private static Suspension read(Row row) {
        return new Suspension(row.flag("by_operator"), row.text("reason"), row.instant("since"));
    }
}
