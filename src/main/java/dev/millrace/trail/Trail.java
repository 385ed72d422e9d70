package dev.millrace.trail;

import dev.millrace.db.Keyset;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes and reads the audit log. Safe for all threads. */
public final class Trail {
    private static final Pattern ACTION = Pattern.compile("[a-z][a-z_]{0,29}(\\.[a-z][a-z_]{0,29}){0,2}");
    private static final Pattern FACT = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final Pattern SECRET =
            Pattern.compile("\\b(mr_[a-z0-9]{12,32}_|ms_|mi_|mp_|mv_|sk_|whsec_)[A-Za-z0-9+/=_-]{8}");
    private static final int FACTS_MAX = 20;
    private static final int TEXT_MAX = 200;
    private static final int ADDRESS_MAX = 64;

    private final IdSource ids;
    private final TrailStore store = new TrailStore();

    public Trail(IdSource ids) {
        this.ids = ids;
    }

    /**
     * Writes a line, in the transaction of the change that it tells of. It stands in the log of {@link Actor#organization}. Texts
     * longer than 200 letters are cut.
     *
     * @param action what was done: words with dots between them, as {@code key.create} or {@code member.role}
     * @param subject to what it was done, as {@code key:4f…}
     * @param facts at most 20, by names like {@code limit_usd}; people by their ids, never by name or address; never content. Those that are
     *     words of somebody's, as {@code name} and {@code reason}, stand beside the line, as its address does, and can be erased
     * @throws IllegalArgumentException when an action or a fact has not that form
     * @throws IllegalStateException when a fact holds a secret: that is a bug
     */
    public void write(Tx tx, Actor actor, String action, String subject, Map<String, String> facts) {
        if (!ACTION.matcher(action).matches() || facts.size() > FACTS_MAX) {
            throw new IllegalArgumentException("an action is like key.create, with at most 20 facts");
        }
        Map<String, String> bounded = new TreeMap<>();
        facts.forEach((name, value) -> bounded.put(checkedName(name), bounded(value, TEXT_MAX)));
        Actor shown = new Actor(
                actor.kind(),
                bounded(actor.id(), TEXT_MAX),
                actor.organization(),
                bounded(actor.address(), ADDRESS_MAX));
        store.add(
                tx, new TrailLine(ids.uuid().toString(), tx.now(), shown, action, bounded(subject, TEXT_MAX), bounded));
    }

    /**
     * Lines, newest first.
     *
     * @param cursor the {@code next} of the page before; null for the first
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} when the cursor is not one of this list
     */
    public TrailPage list(Tx tx, TrailFilter filter, @Nullable String cursor, int limit) {
        List<TrailLine> found = store.after(tx, filter, Keyset.of(cursor), limit + 1);
        if (found.size() <= limit) {
            return new TrailPage(found, null);
        }
        List<TrailLine> shown = found.subList(0, limit);
        return new TrailPage(List.copyOf(shown), shown.getLast().place().cursor());
    }

    private static String checkedName(String name) {
        if (!FACT.matcher(name).matches()) {
            throw new IllegalArgumentException("a fact has a name like limit_usd, not " + name);
        }
        return name;
    }

    private static String bounded(String text, int most) {
        if (SECRET.matcher(text).find()) {
            throw new IllegalStateException("bug: a secret in the audit log");
        }
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
