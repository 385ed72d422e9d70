package dev.millrace.reconcile;

import dev.millrace.billing.Treasury;
import dev.millrace.crypto.Digest;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import dev.millrace.wallet.Note;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Imports upstreams' invoices, matches them with usage, and books differences that somebody accepts. */
public final class Reconciliations {
    /** How long a file may be, in bytes. */
    public static final int FILE_MAX = 32 << 20;

    private static final int AT_ONCE = 250;
    private static final String LANE = "reconcile";

    private final Database database;
    private final Treasury treasury;
    private final Trail trail;
    private final IdSource ids;
    private final ReconciliationStore store = new ReconciliationStore();

    public Reconciliations(Database database, Treasury treasury, Trail trail, IdSource ids) {
        this.database = database;
        this.treasury = treasury;
        this.trail = trail;
        this.ids = ids;
    }

    /**
     * What is imported.
     *
     * @param provider the upstream's name, as deployments have it
     * @param tolerance what two amounts may differ by, and still agree
     */
    public record Wish(String provider, Period period, Columns columns, Money tolerance, byte[] file) {}

    /** A match, and whether it was made just now. */
    public record Imported(Reconciliation reconciliation, boolean made) {}

    /**
     * Matches an invoice with usage, all of it or nothing; the same file, read in the same way, is matched once. The ledger stays as it
     * is.
     *
     * @throws ProblemException {@code INVALID_PARAMETER} on {@code file}, with line and column, on {@code columns} or {@code provider}
     */
    public Imported add(Actor by, Wish wish) {
        if (!wish.provider().matches("[a-z0-9][a-z0-9._-]{0,63}")) {
            throw Problem.parameter("provider", "must be an upstream's name, as openrouter.")
                    .toException();
        }
        String hash = hash(wish);
        Optional<Reconciliation> before = find(wish, hash);
        if (before.isPresent()) {
            return new Imported(before.get(), false);
        }
        List<TheirRow> theirs = InvoiceFile.read(text(wish.file()), wish.columns(), wish.period());
        List<OurUse> ours = database.read(tx -> store.used(tx, wish.period(), wish.provider()));
        List<MatchedLine> lines = Matching.match(theirs, ours, wish.tolerance());
        Reconciliation made = database.read(tx -> summed(tx, by, wish, hash, theirs.size(), lines));
        return write(by, made, lines)
                ? new Imported(made, true)
                : new Imported(find(wish, hash).orElseThrow(), false);
    }

    private Optional<Reconciliation> find(Wish wish, String hash) {
        return database.read(tx -> store.find(tx, wish.provider(), wish.period().text(), hash));
    }

    /** Nobody sees it before its last line stands, and others can write in between. */
    private boolean write(Actor by, Reconciliation made, List<MatchedLine> lines) {
        database.writer().<Boolean>write(LANE, tx -> {
            store.add(tx, made);
            return true;
        });
        for (int i = 0; i < lines.size(); i += AT_ONCE) {
            List<MatchedLine> some = lines.subList(i, Math.min(lines.size(), i + AT_ONCE));
            database.writer().<Boolean>write(LANE, tx -> {
                store.add(tx, made.id(), some);
                return true;
            });
        }
        return database.writer().<Boolean>write(LANE, tx -> {
            boolean ours = store.ready(tx, made.id());
            if (ours) {
                trail.write(
                        tx,
                        by,
                        "reconciliation.import",
                        "reconciliation:" + made.id(),
                        Map.of(
                                "provider", made.provider(),
                                "period", made.period(),
                                "rows", Long.toString(made.rows()),
                                "difference_usd", made.difference().toUsd()));
            }
            return ours;
        });
    }

    private Reconciliation summed(Tx tx, Actor by, Wish wish, String hash, long rows, List<MatchedLine> lines) {
        Money ours = Money.ZERO;
        Money theirs = Money.ZERO;
        for (MatchedLine line : lines) {
            ours = ours.plus(line.ours());
            theirs = theirs.plus(line.theirs());
        }
        return new Reconciliation(
                ids.uuid().toString(),
                wish.provider(),
                wish.period().text(),
                hash,
                wish.tolerance(),
                rows,
                count(lines, Verdict.MATCHED),
                count(lines, Verdict.DIFFERING),
                count(lines, Verdict.OURS_ONLY),
                count(lines, Verdict.THEIRS_ONLY),
                ours,
                theirs,
                tx.now(),
                by.id());
    }

    private static long count(List<MatchedLine> lines, Verdict verdict) {
        return lines.stream().filter(line -> line.verdict() == verdict).count();
    }

    private static String hash(Wish wish) {
        String read =
                new TreeMap<>(wish.columns().names()) + " " + wish.tolerance().nanos() + " ";
        byte[] head = read.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[head.length + wish.file().length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(wish.file(), 0, all, head.length, wish.file().length);
        return Digest.hex(Digest.sha256(all));
    }

    private static String text(byte[] file) {
        if (file.length > FILE_MAX) {
            throw Problem.parameter("file", "is longer than " + (FILE_MAX >> 20) + " MiB; split it.")
                    .toException();
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Problem.parameter("file", "is not UTF-8.").toException();
        }
    }

    /** The requests of a time for which an upstream itself asked more than was charged, by more than the tolerance; the dearest first. */
    public List<UpstreamFinding> findings(Tx tx, Period period, Money tolerance, int limit) {
        return store.above(tx, period.from(), period.until(), tolerance, limit);
    }

    /** All matches, newest first. */
    public List<Reconciliation> list(Tx tx, int limit) {
        return store.list(tx, limit);
    }

    /** @throws ProblemException {@code NOT_FOUND} */
    public Reconciliation find(Tx tx, String id) {
        return store.find(tx, id)
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, "There is no reconciliation " + id + "."));
    }

    /**
     * Lines of a match in their order.
     *
     * @param verdict of which verdict; empty for all
     * @param after behind which number
     */
    public List<MatchedLine> lines(Tx tx, String id, Optional<Verdict> verdict, long after, int limit) {
        return store.lines(tx, id, verdict.map(Verdict::wire).orElse(""), after, limit);
    }

    /**
     * Books what an upstream asks beyond what was reckoned to absorbed loss; false when that was done before. No customer's wallet moves.
     *
     * @param operator whose organization the movement stands under
     * @throws ProblemException {@code NOT_FOUND}, or {@code INVALID_PARAMETER} where the upstream asks no more
     */
    public boolean book(Actor by, OrganizationId operator, String id, long number, Note note) {
        if (note.reason().isBlank()) {
            throw Problem.parameter("reason", "must say why.").toException();
        }
        return database.writer().<Boolean>write(LANE, tx -> {
            find(tx, id);
            MatchedLine line = store.line(tx, id, number)
                    .orElseThrow(() -> new ProblemException(
                            ProblemCode.NOT_FOUND, "The reconciliation has no line " + number + "."));
            if (!line.difference().isPositive()) {
                throw Problem.parameter("line", "the upstream asks no more here than was reckoned: there is no loss.")
                        .toException();
            }
            return store.book(tx, id, number)
                    && treasury.absorb(tx, by, operator, "recon:" + id + "-" + number, line.difference(), note);
        });
    }
}
