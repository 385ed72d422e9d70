package dev.millrace.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.millrace.audit.ReconcileRoutes;
import dev.millrace.audit.runs.Books;
import dev.millrace.audit.runs.Scope;
import dev.millrace.billing.Treasury;
import dev.millrace.json.Csv;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.Seeds;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingBilling;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import dev.millrace.wallet.Account;
import dev.millrace.wallet.HoldId;
import dev.millrace.wallet.Note;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An upstream's invoice against what was used: what differs is found, exactly that, and nothing moves unless somebody books it. */
class ReconciliationsTest {
    private static final String HEAD = "request_id,model,day,units,amount_usd\n";
    private static final Note WHY = new Note("agreed with their support", "T-1");

    private final Actor me = Actor.commandLine();

    private static Reconciliations of(Books books) {
        Trail trail = new Trail(books.rooms.ids);
        Treasury treasury = new Treasury(
                books.rooms.billing,
                books.rooms.wallet,
                TestingBilling.caps(books.rooms.wallet, books.rooms.ids),
                trail);
        return new Reconciliations(books.db.database(), treasury, trail, books.rooms.ids);
    }

    private static Reconciliations.Wish wish(Period period, String csv) {
        return new Reconciliations.Wish(
                "one",
                period,
                Columns.parse(Columns.USUAL),
                Money.usd("0.000001"),
                csv.getBytes(StandardCharsets.UTF_8));
    }

    private static LocalDate today(Books books) {
        return books.db
                .database()
                .read(tx -> LocalDate.parse(tx.now().toString().substring(0, 10)));
    }

    private static Period month(Books books) {
        return Period.parse(today(books).toString().substring(0, 7));
    }

    /** A request that an upstream calls so, for which it told its cost. */
    private static HoldId used(Books books, String request, long tokens, Money cost) {
        HoldId hold = books.hold();
        books.settle(hold, tokens, cost, "one");
        books.db
                .writer()
                .<Boolean>write(
                        "x",
                        tx -> tx.won(
                                "update usage_rows set upstream_request = ?, upstream_model = 'words-one' where id = ?",
                                request.isEmpty() ? null : request,
                                hold));
        return hold;
    }

    private static List<MatchedLine> lines(Books books, Reconciliations reconciliations, String id) {
        return books.db.database().read(tx -> reconciliations.lines(tx, id, Optional.empty(), 0, 10_000));
    }

    @OnBothDatabases
    void random_usage_and_an_invoice_with_known_differences_are_told_apart_exactly(TestDatabase db) {
        SplittableRandom random = Seeds.random("ReconciliationsTest");
        Books books = new Books(db);
        StringBuilder csv = new StringBuilder(HEAD);
        Map<String, String> expected = new TreeMap<>();
        Money ours = Money.ZERO;
        Money theirs = Money.ZERO;
        for (int i = 0; i < 60; i++) {
            String request = "gen-" + i;
            Money cost = Money.ofNanos(random.nextLong(10_000, 100_000_000));
            Money asked = cost;
            String verdict = List.of("matched", "matched", "differing", "ours_only", "theirs_only")
                    .get(random.nextInt(5));
            if (!verdict.equals("theirs_only")) {
                used(books, request, random.nextInt(1, 90), cost);
                ours = ours.plus(cost);
            }
            if (verdict.equals("differing")) {
                asked = cost.plus(Money.ofNanos((random.nextBoolean() ? 1 : -1) * random.nextLong(1_001, 9_000)));
            }
            if (!verdict.equals("ours_only")) {
                // Some upstreams have a row for each part of a request.
                Money part = Money.ofNanos(random.nextLong(0, asked.nanos()));
                csv.append(row(request, "words-one", "", asked.minus(part)));
                csv.append(random.nextBoolean() || part.isPositive() ? row(request, "words-one", "", part) : "");
                theirs = theirs.plus(asked);
            }
            expected.put(
                    request,
                    verdict + " "
                            + (verdict.equals("ours_only")
                                    ? cost.negate()
                                    : verdict.equals("theirs_only") ? asked : asked.minus(cost)));
        }
        Reconciliations reconciliations = of(books);
        Reconciliations.Imported imported = reconciliations.add(me, wish(month(books), csv.toString()));
        assertThat(imported.made()).isTrue();
        Reconciliation made = imported.reconciliation();
        assertThat(made.oursTotal()).isEqualTo(ours);
        assertThat(made.theirsTotal()).isEqualTo(theirs);
        Map<String, String> found = lines(books, reconciliations, made.id()).stream()
                .collect(Collectors.toMap(
                        MatchedLine::request,
                        line -> line.verdict().wire() + " " + line.difference(),
                        (a, b) -> a + b,
                        TreeMap::new));
        assertThat(found).isEqualTo(expected);
        assertThat(made.matched() + made.differing() + made.oursOnly() + made.theirsOnly())
                .isEqualTo(60);
        assertThat(platform(books, Account.ABSORBED_LOSS)).as("nothing moved").isEqualTo(Money.ZERO);
        books.rooms.close();
    }

    @OnBothDatabases
    void days_are_matched_where_rows_name_no_request_and_no_request_counts_twice(TestDatabase db) {
        Books books = new Books(db);
        used(books, "", 10, Money.usd("0.25"));
        used(books, "", 10, Money.usd("0.50"));
        used(books, "gen-1", 10, Money.usd("1"));
        String day = today(books).toString();
        Reconciliations reconciliations = of(books);
        Reconciliation made = reconciliations
                .add(
                        me,
                        wish(
                                month(books),
                                HEAD
                                        + row("gen-1", "", "", Money.usd("1"))
                                        + row("", "words-one", day, Money.usd("0.7"))
                                        + row("", "other", day, Money.usd("0.3"))
                                        + row("", "words-one", day, Money.usd("0.1"))))
                .reconciliation();
        assertThat(lines(books, reconciliations, made.id()))
                .extracting(line -> line.basis() + " " + line.model() + " "
                        + line.verdict().wire() + " " + line.difference().toUsd())
                .containsExactlyInAnyOrder(
                        "request words-one matched 0.00", "day other theirs_only 0.30", "day words-one differing 0.05");
        books.rooms.close();
    }

    @OnBothDatabases
    void a_cost_that_nobody_told_is_bounded_by_the_charge(TestDatabase db) {
        Books books = new Books(db);
        used(books, "cheap", 50, Money.ZERO);
        used(books, "dear", 50, Money.ZERO);
        Reconciliations reconciliations = of(books);
        Reconciliation made = reconciliations
                .add(
                        me,
                        wish(
                                month(books),
                                HEAD
                                        + row("cheap", "", "", Money.ofNanos(20_000))
                                        + row("dear", "", "", Money.ofNanos(90_000))))
                .reconciliation();
        assertThat(lines(books, reconciliations, made.id()))
                .extracting(line -> line.request() + " " + line.verdict().wire() + " " + line.source() + " "
                        + line.difference().nanos())
                .containsExactlyInAnyOrder("cheap matched charged -30000", "dear differing charged 40000");
        books.rooms.close();
    }

    @OnBothDatabases
    void the_same_file_is_matched_once_and_a_difference_booked_once(TestDatabase db) {
        Books books = new Books(db);
        used(books, "gen-1", 10, Money.usd("0.5"));
        Reconciliations reconciliations = of(books);
        String csv = HEAD + row("gen-1", "", "", Money.usd("0.75")) + row("nobodys", "=cmd()", "", Money.usd("0.1"));
        Reconciliation made = reconciliations.add(me, wish(month(books), csv)).reconciliation();
        Reconciliations.Imported again = reconciliations.add(me, wish(month(books), csv));
        assertThat(again.made()).isFalse();
        assertThat(again.reconciliation().id()).isEqualTo(made.id());
        assertThat(reconciliations.book(me, books.rooms.organization, made.id(), 1, WHY))
                .isTrue();
        assertThat(reconciliations.book(me, books.rooms.organization, made.id(), 1, WHY))
                .isFalse();
        assertThat(platform(books, Account.ABSORBED_LOSS))
                .isEqualTo(Money.usd("0.25").negate());
        assertThatThrownBy(() -> reconciliations.book(me, books.rooms.organization, made.id(), 1, Note.NONE))
                .satisfies(e -> assertThat(detail(e)).contains("reason"));
        assertThatThrownBy(() -> reconciliations.book(me, books.rooms.organization, made.id(), 9, WHY))
                .isInstanceOf(ProblemException.class);
        assertThat(lines(books, reconciliations, made.id()).getFirst().bookedAt())
                .isNotNull();
        String table = ReconcileRoutes.table(db.database(), reconciliations, made.id(), Optional.empty());
        assertThat(table)
                .contains("gen-1")
                .contains(",'=cmd(),")
                .doesNotContain(",=cmd()")
                .startsWith(Csv.of("line").text().strip());
        books.rooms.close();
        assertThat(brokenBy(books, "update reconciliation_lines set booked_at = null"))
                .containsExactly("R1");
    }

    @OnBothDatabases
    void files_are_read_as_spreadsheets_and_programs_write_them(TestDatabase db) {
        Books books = new Books(db);
        used(books, "gen-1", 10, Money.usd("0.5"));
        used(books, "gen\n2", 10, Money.usd("0.000012346"));
        Reconciliations reconciliations = of(books);
        String csv = "\uFEFFrequest_id;model;amount_usd;currency\r\n"
                + "gen-1;\"a; \"\"b\"\"\";0.75;USD\r\n\"gen\n2\";m;1.23456789012E-5;usd\r\ngen-1;a;-2.5e-1;\r\n";
        Reconciliation made = reconciliations.add(me, wish(month(books), csv)).reconciliation();
        assertThat(made.rows()).isEqualTo(3);
        assertThat(lines(books, reconciliations, made.id()))
                .extracting(
                        line -> line.verdict().wire() + " " + line.difference().nanos())
                .containsExactly("matched 0", "matched 0");
        books.rooms.close();
    }

    @OnBothDatabases
    void a_bad_row_is_named_by_line_and_column_and_nothing_is_imported(TestDatabase db) {
        Books books = new Books(db);
        Reconciliations reconciliations = of(books);
        Period period = month(books);
        refused(reconciliations, period, HEAD + "a,,,1,1.5\nb,,,1,12;5\n", "line 3, column amount_usd");
        refused(reconciliations, period, HEAD + "a,,,1,1.5\nb,,,1,1e99\n", "line 3, column amount_usd");
        refused(reconciliations, period, HEAD + "a,,,1,1e9\n", "line 2, column amount_usd");
        refused(reconciliations, period, HEAD + "a,,,1,\"1,5\"\n", "line 2, column amount_usd");
        refused(
                reconciliations,
                period,
                "request_id,amount_usd,currency\na,1,usd\nb,1,EUR\n",
                "line 3, column currency");
        refused(reconciliations, period, HEAD + "a,,,many,1\n", "line 2, column units");
        refused(reconciliations, period, HEAD + ",m,yesterday,1,1\n", "line 2, column day");
        refused(reconciliations, period, HEAD + ",m,1999-01-01,1,1\n", "not within");
        refused(reconciliations, period, HEAD + ",," + period.first() + ",1,1\n", "line 2, column model");
        refused(reconciliations, period, HEAD + "a,,,1,1,and,more\n", "line 2");
        refused(reconciliations, period, HEAD + "\"a,,,1,1\n", "quotes");
        refused(reconciliations, period, "request_id,model\na,b\n", "amount_usd");
        refused(reconciliations, period, "model,amount_usd\na,1\n", "column of request ids");
        refused(reconciliations, period, "model,model,amount_usd\na,b,1\n", "names must differ");
        assertThatThrownBy(() -> Period.parse("2026-13"))
                .satisfies(e -> assertThat(detail(e)).contains("period"));
        assertThatThrownBy(() -> Columns.parse("cost=x"))
                .satisfies(e -> assertThat(detail(e)).contains("columns"));
        assertThat(db.database().<Long>read(tx -> tx.count("select count(*) from reconciliations")))
                .isZero();
        books.rooms.close();
    }

    @OnBothDatabases
    void a_cost_above_the_charge_that_an_upstream_tells_is_found_with_its_amount(TestDatabase db) {
        Books books = new Books(db);
        used(books, "well", 50, Money.ofNanos(40_000));
        HoldId dear = used(books, "dear", 50, Money.ofNanos(70_000));
        Period period = month(books);
        List<UpstreamFinding> found =
                db.database().read(tx -> of(books).findings(tx, period, Money.ofNanos(1_000), 10));
        assertThat(found).singleElement().satisfies(finding -> {
            assertThat(finding.usageId()).isEqualTo(dear.text());
            assertThat(finding.amount()).isEqualTo(Money.ofNanos(20_000));
        });
        books.rooms.close();
    }

    private static String detail(Throwable refusal) {
        return ((ProblemException) refusal).problem().detail();
    }

    private void refused(Reconciliations reconciliations, Period period, String csv, String why) {
        assertThatThrownBy(() -> reconciliations.add(me, wish(period, csv)))
                .satisfies(e -> assertThat(detail(e)).contains(why));
    }

    private static List<String> brokenBy(Books books, String sql) {
        books.db.writer().write("x", tx -> tx.update(sql));
        List<String> broken = new ArrayList<>();
        books.runs.run(Scope.FULL, "tests").results().stream()
                .filter(outcome -> !outcome.result().ok())
                .forEach(outcome -> broken.add(outcome.result().id()));
        return broken;
    }

    private static Money platform(Books books, Account account) {
        return books.db.database().read(tx -> books.rooms.wallet.platform(tx, account));
    }

    private static String row(String request, String model, String day, Money amount) {
        return request + "," + model + "," + day + ",1," + amount.toUsd() + "\n";
    }
}
