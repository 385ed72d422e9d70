package dev.millrace.privacy;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rows of {@code departures}, and what has to be known of somebody who leaves. */
final class DepartureStore {
    private static final String COLUMNS = "select subject, asked_at, asked_by, reason, counts, done_at from departures";
    private static final String OLD_BUYERS = " from invoices where organization = ? and buyer <> '{}'";

    /** False when it stands there already. */
    boolean add(Tx tx, Subject subject, String askedBy, String reason) {
        return tx.won("""
                insert into departures (subject, asked_at, asked_by, reason, counts) values (?, ?, ?, ?, '{}')
                on conflict do nothing""", subject.text(), tx.now(), askedBy, reason);
    }

    Optional<Departure> find(Tx tx, Subject subject) {
        return tx.one(COLUMNS + " where subject = ?", DepartureStore::read, subject.text());
    }

    List<Departure> list(Tx tx, int limit) {
        return tx.list(COLUMNS + " order by asked_at desc, subject limit ?", DepartureStore::read, limit);
    }

    /** Adds to what was counted of tables; the rows are changed in the same transaction. */
    void count(Tx tx, Subject subject, Map<String, Long> more) {
        if (more.isEmpty()) {
            return;
        }
        Map<String, Long> counts = new TreeMap<>(find(tx, subject).orElseThrow().counts());
        more.forEach((table, rows) -> counts.merge(table, rows, Long::sum));
        tx.won("update departures set counts = ? where subject = ?", Json.text(counts), subject.text());
    }

    boolean done(Tx tx, Subject subject) {
        return tx.won(
                "update departures set done_at = ? where subject = ? and done_at is null", tx.now(), subject.text());
    }

    boolean erased(Tx tx, PersonId person) {
        return tx.won("update people set erased_at = ? where id = ? and erased_at is null", tx.now(), person);
    }

    /** The jobs of an organization that have not ended. */
    List<String> openJobs(Tx tx, OrganizationId organization) {
        return tx.list(
                "select id from jobs where organization = ? and finished_at is null order by id",
                row -> row.text("id"),
                organization);
    }

    /** How many jobs of an organization have content or outputs still. */
    long wholeJobs(Tx tx, OrganizationId organization) {
        return tx.count("select count(*) from jobs where organization = ? and deleted_at is null", organization);
    }

    /** How many files of an organization lie there still. */
    long files(Tx tx, OrganizationId organization) {
        return tx.count("select count(*) from assets where organization = ? and state <> 'gone'", organization);
    }

    /** Takes the buyer from invoices of before then; how many. */
    int forgetBuyers(Tx tx, OrganizationId organization, Instant before) {
        return tx.update(
                "update invoices set buyer = '{}', void_reason = null where number in (select number" + OLD_BUYERS
                        + " and issued_at < ?)",
                organization,
                before);
    }

    /** When the oldest invoice was written that names its buyer. */
    Optional<Instant> oldestBuyer(Tx tx, OrganizationId organization) {
        return tx
                .list(
                        "select issued_at" + OLD_BUYERS + " order by issued_at limit 1",
                        row -> row.instant("issued_at"),
                        organization)
                .stream()
                .findFirst();
    }

    private static Departure read(Row row) {
        Map<String, Long> counts = new TreeMap<>();
        Json.readOwnObject(row.text("counts"))
                .properties()
                .forEach(one -> counts.put(one.getKey(), one.getValue().longValue()));
        return new Departure(
                Subject.parse(row.text("subject")).orElseThrow(),
                row.instant("asked_at"),
                row.text("asked_by"),
                row.text("reason"),
                counts,
                row.instantOrNull("done_at"));
    }
}
