package dev.millrace.usage;

import dev.millrace.db.Keyset;
import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.KeyId;
import dev.millrace.id.MemberId;
import dev.millrace.id.OrganizationId;
import dev.millrace.meter.Modality;
import dev.millrace.meter.Unit;
import dev.millrace.money.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of {@code usage_rows}, and their sums in {@code usage_days} and {@code usage_hours}. */
public final class UsageStore {
    private static final long HOUR = 3600;
    /** Requests, those without a result, charge, upstream cost, and then the units. */
    private static final int SUMS = 4 + Unit.values().length;

    private static final String COLUMNS = "id, organization, key_id, member, model, provider, modality, dialect, "
            + UnitColumns.names()
            + ", units_source, price_version, priced_by, charge, upstream_cost, status, error, created_at, latency_ms,"
            + " first_byte_ms, upstream_model, served_ms, upstream_request";

    private static final String INSERT = "insert into usage_rows (" + COLUMNS + ") values (" + places(COLUMNS) + ")";

    private static final String ADD_TO_DAY = adding("usage_days", "organization, day, key_id, model, member, provider");
    private static final String ADD_TO_HOUR = adding("usage_hours", "organization, hour");

    private static final String PAGE = "select " + COLUMNS + " from usage_rows"
            + " where organization = ? and (created_at, id) < (?, ?) and created_at >= ? and created_at < ?"
            + " and (? = '' or model = ?) and (? = '' or key_id = ?) and (? = '' or member = ?)"
            + " and (? = '' or provider = ?) and (? = '' or status = ?)"
            + " order by created_at desc, id desc limit ?";

    /** Adds the row of a request, and counts it into its day and hour; a second row of one id is refused by the database. */
    public void add(Tx tx, UsageRow row) {
        addAll(tx, List.of(row));
    }

    /** The same for many rows: those of one day, or of one hour, are counted into its sums together. */
    public void addAll(Tx tx, List<UsageRow> rows) {
        Map<List<Object>, long[]> days = new LinkedHashMap<>();
        Map<List<Object>, long[]> hours = new LinkedHashMap<>();
        for (UsageRow row : rows) {
            tx.later(INSERT, values(row).toArray());
            sum(days.computeIfAbsent(day(row), fresh -> new long[SUMS]), row);
            sum(hours.computeIfAbsent(hour(row), fresh -> new long[SUMS]), row);
        }
        days.forEach((day, sums) -> tx.later(ADD_TO_DAY, args(day, sums)));
        hours.forEach((hour, sums) -> tx.later(ADD_TO_HOUR, args(hour, sums)));
    }

    private static List<Object> day(UsageRow row) {
        MemberId member = row.member();
        return List.of(
                row.organization(),
                LocalDate.ofInstant(row.createdAt(), ZoneOffset.UTC).toEpochDay(),
                row.key(),
                row.model(),
                member == null ? "" : member.text(),
                row.provider());
    }

    private static List<Object> hour(UsageRow row) {
        return List.of(row.organization(), Math.floorDiv(row.createdAt().getEpochSecond(), HOUR));
    }

    private static void sum(long[] sums, UsageRow row) {
        sums[0]++;
        sums[1] += row.status() == UsageStatus.COMPLETED ? 0 : 1;
        sums[2] = Math.addExact(sums[2], row.charge().nanos());
        sums[3] = Math.addExact(sums[3], row.upstreamCost().nanos());
        List<Long> units = UnitColumns.values(row.units());
        for (int i = 0; i < units.size(); i++) {
            sums[4 + i] += units.get(i);
        }
    }

    private static Object[] args(List<Object> group, long[] sums) {
        List<Object> args = new ArrayList<>(group);
        for (long sum : sums) {
            args.add(sum);
        }
        return args.toArray();
    }

    /** Adds calls of upstreams that served nothing; one that is known already is no second one. */
    public void attempted(Tx tx, String id, List<Attempt> attempts) {
        AttemptStore.add(tx, id, attempts);
    }

    /** The calls of upstreams that served nothing in the course of a request, in their order. */
    public List<Attempt> attempts(Tx tx, String id) {
        return AttemptStore.of(tx, id);
    }

    public Optional<UsageRow> find(Tx tx, OrganizationId organization, String id) {
        return tx.one(
                "select " + COLUMNS + " from usage_rows where id = ? and organization = ?",
                UsageStore::read,
                id,
                organization);
    }

    /** All rows whatever organization they belong to, in the order of their ids, behind one of them: for the audit. */
    public List<UsageRow> after(Tx tx, String id, int limit) {
        return tx.list(
                "select " + COLUMNS + " from usage_rows where id > ? order by id limit ?", UsageStore::read, id, limit);
    }

    /** An organization's rows, newest first; a null cursor is the first page. */
    public UsagePage list(Tx tx, OrganizationId organization, UsageFilter filter, @Nullable String cursor, int limit) {
        Keyset place = Keyset.of(cursor);
        String model = text(filter.model(), name -> name);
        String key = text(filter.key(), KeyId::text);
        String member = text(filter.member(), MemberId::text);
        String provider = text(filter.provider(), name -> name);
        String status = text(filter.status(), UsageStatus::wire);
        List<UsageRow> found = tx.list(
                PAGE,
                UsageStore::read,
                organization,
                place.time(),
                place.id(),
                filter.from(),
                filter.until(),
                model,
                model,
                key,
                key,
                member,
                member,
                provider,
                provider,
                status,
                status,
                limit + 1);
        if (found.size() <= limit) {
            return new UsagePage(found, null);
        }
        UsageRow last = found.get(limit - 1);
        return new UsagePage(List.copyOf(found.subList(0, limit)), new Keyset(last.createdAt(), last.id()).cursor());
    }

    /** An organization's sums over whole days (UTC), both included: times in their order, the rest dearest first. */
    public List<UsageTotal> totals(Tx tx, OrganizationId organization, LocalDate from, LocalDate to, UsageGroup by) {
        boolean hours = by == UsageGroup.HOUR;
        long scale = hours ? 24 : 1;
        return tx.list(
                "select " + by.column() + ", sum(requests) as requests, sum(failed) as failed, sum(charge) as charge,"
                        + " sum(upstream_cost) as upstream_cost, "
                        + UnitColumns.joined(unit -> "sum(" + unit.wire() + ") as " + unit.wire())
                        + " from " + (hours ? "usage_hours" : "usage_days")
                        + " where organization = ? and " + (hours ? "hour" : "day") + " between ? and ?"
                        + " group by " + by.column()
                        + " order by " + (by.ofTime() ? by.column() : "sum(charge) desc, " + by.column()),
                row -> total(row, by),
                organization,
                from.toEpochDay() * scale,
                to.plusDays(1).toEpochDay() * scale - 1);
    }

    /**
     * What an organization's requests were charged in all since a day (UTC), that day included.
     *
     * @param key of this key alone; null for all keys
     */
    public Money charged(Tx tx, OrganizationId organization, @Nullable KeyId key, LocalDate from) {
        String text = key == null ? "" : key.text();
        return Money.ofNanos(tx.count(
                "select sum(charge) from usage_days where organization = ? and day >= ? and (? = '' or key_id = ?)",
                organization,
                from.toEpochDay(),
                text,
                text));
    }

    /**
     * What an organization's requests were charged in all, ever.
     *
     * @param key of this key alone; null for all keys
     * @param member of this member alone; null for all
     */
    public Money chargedEver(Tx tx, OrganizationId organization, @Nullable KeyId key, @Nullable MemberId member) {
        String ofKey = key == null ? "" : key.text();
        String ofMember = member == null ? "" : member.text();
        return Money.ofNanos(tx.count(
                "select coalesce(sum(charge), 0) from usage_days where organization = ?"
                        + " and (? = '' or key_id = ?) and (? = '' or member = ?)",
                organization,
                ofKey,
                ofKey,
                ofMember,
                ofMember));
    }

    /** What an organization was charged from a moment on and before another, by model and key; the ledger's numbers. */
    public List<UsageCharge> charges(Tx tx, OrganizationId organization, Instant from, Instant until) {
        return tx.list(
                """
                select model, key_id, count(*) as requests, sum(charge) as charge from usage_rows
                where organization = ? and created_at >= ? and created_at < ? group by model, key_id order by model, key_id""",
                row -> new UsageCharge(
                        row.text("model"), new KeyId(row.text("key_id")), row.number("requests"), row.money("charge")),
                organization,
                from,
                until);
    }

    /** How many requests whole hours had, and what they were charged: changes with whatever is charged in them. */
    public UsageStamp stamp(Tx tx, OrganizationId organization, Instant from, Instant until) {
        return tx.one(
                        "select coalesce(sum(requests), 0) as requests, coalesce(sum(charge), 0) as charge from usage_hours"
                                + " where organization = ? and hour >= ? and hour < ?",
                        row -> new UsageStamp(row.number("requests"), row.money("charge")),
                        organization,
                        Math.floorDiv(from.getEpochSecond(), HOUR),
                        Math.ceilDiv(until.getEpochSecond(), HOUR))
                .orElseThrow();
    }

    private static UsageTotal total(Row row, UsageGroup by) {
        String group = switch (by) {
            case DAY -> LocalDate.ofEpochDay(row.number("day")).toString();
            case HOUR -> Instant.ofEpochSecond(row.number("hour") * HOUR).toString();
            case MODEL, KEY, MEMBER, PROVIDER -> row.text(by.column());
        };
        return new UsageTotal(
                group,
                row.number("requests"),
                row.number("failed"),
                UnitColumns.read(row),
                row.money("charge"),
                row.money("upstream_cost"));
    }

    private static <T> String text(@Nullable T wanted, Function<T, String> text) {
        return wanted == null ? "" : text.apply(wanted);
    }

    private static List<@Nullable Object> values(UsageRow row) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(row.id());
        values.add(row.organization());
        values.add(row.key());
        values.add(row.member());
        values.add(row.model());
        values.add(row.provider());
        values.add(row.modality());
        values.add(row.dialect());
        values.addAll(UnitColumns.values(row.units()));
        values.add(row.unitsSource());
        values.add(row.priceVersion());
        values.add(row.pricedBy());
        values.add(row.charge());
        values.add(row.upstreamCost());
        values.add(row.status());
        values.add(row.error());
        values.add(row.createdAt());
        values.add(row.latencyMs());
        values.add(row.firstByteMs());
        Served served = row.served();
        values.add(served == null ? null : served.upstreamModel());
        values.add(served == null ? null : served.millis());
        values.add(served == null ? null : served.request());
        return values;
    }

    private static UsageRow read(Row row) {
        String member = row.textOrNull("member");
        return new UsageRow(
                row.text("id"),
                new OrganizationId(row.uuid("organization")),
                new KeyId(row.text("key_id")),
                member == null ? null : MemberId.parse(member).orElseThrow(),
                row.text("model"),
                row.text("provider"),
                Modality.parse(row.text("modality")).orElseThrow(),
                row.text("dialect"),
                UnitColumns.read(row),
                UnitsSource.of(row.text("units_source")),
                row.text("price_version"),
                row.text("priced_by"),
                row.money("charge"),
                row.money("upstream_cost"),
                UsageStatus.parse(row.text("status")).orElseThrow(),
                row.textOrNull("error"),
                row.instant("created_at"),
                row.number("latency_ms"),
                row.numberOrNull("first_byte_ms"),
                served(
                        row.textOrNull("upstream_model"),
                        row.numberOrNull("served_ms"),
                        row.textOrNull("upstream_request")));
    }

    private static @Nullable Served served(
            @Nullable String upstreamModel, @Nullable Long millis, @Nullable String request) {
        return upstreamModel == null || millis == null ? null : new Served(upstreamModel, millis, request);
    }

    private static String adding(String table, String names) {
        String columns = names + ", requests, failed, charge, upstream_cost, " + UnitColumns.names();
        return "insert into " + table + " (" + columns + ") values (" + places(columns) + ") on conflict (" + names
                + ") do update set " + sum(table, "requests") + ", " + sum(table, "failed") + ", "
                + sum(table, "charge")
                + ", " + sum(table, "upstream_cost") + ", " + UnitColumns.joined(unit -> sum(table, unit.wire()));
    }

    private static String sum(String table, String column) {
        return column + " = " + table + "." + column + " + excluded." + column;
    }

    private static String places(String columns) {
        return String.join(", ", Collections.nCopies(columns.split(", ", -1).length, "?"));
    }
}
