package dev.millrace.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.db.DatabaseException;
import dev.millrace.db.SqlDialect;
import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.Seeds;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.wallet.Balance;
import dev.millrace.wallet.CreditLine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random holds, settlements, releases, refunds, top-ups, grants that expire, caps, credit lines and blocks with the requests granted
 * from them, repeated and altered ids among them, from eight threads through the Writer. On organizations of its own each thread knows from the model what every answer must
 * be, though its commands share batches with everybody else's; on the organization that all share, the answers must add up. A
 * reader checks the invariants all the while. {@code -Dwallet.steps=} for fewer steps or more, {@code -Dseed=} for the same ones.
 */
class SpendModelTest {
    private static final int THREADS = 8;
    private static final int BURST = 6;
    private static final int IDS = 8;
    private static final OrganizationId SHARED = new OrganizationId(new UUID(9, 9));

    @TempDir
    Path folder;

    /** @param now when it was carried out, by the database */
    private record Answer(CompletableFuture<String> word, AtomicReference<Instant> now) {}

    /** How often each kind of command came to each kind of answer: what is never seen was never tested. */
    private final Map<String, Long> seen = new ConcurrentSkipListMap<>();

    @OnBothDatabases
    void billing_answers_as_its_model_does(TestDatabase db) throws Exception {
        SplittableRandom random = Seeds.random("SpendModelTest");
        Shop shop = new Shop(db, folder, "0.000000001");
        int rounds = Integer.getInteger("wallet.steps", 100_000) / THREADS / BURST + 1;
        db.writer().<Boolean>write(SHARED.text(), tx -> shop.billing.openWallet(tx, SHARED));
        CountDownLatch played = new CountDownLatch(1);
        AtomicLong shared = new AtomicLong();
        long begun = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> reader = threads.submit(() -> checkUntil(db, played));
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Player player = new Player(shop, i, random.split(), shared);
                workers.add(threads.submit(() -> player.play(rounds)));
            }
            try {
                for (Future<?> worker : workers) {
                    worker.get();
                }
            } finally {
                played.countDown();
            }
            System.out.println("SpendModelTest: " + db + ", " + rounds * THREADS * BURST + " steps, " + reader.get()
                    + " audits meanwhile, " + (System.nanoTime() - begun) / 1_000_000 + " ms");
        }
        long expired = db.database()
                .read(tx -> tx.count("select coalesce(sum(expired), 0) from grants where organization = ?", SHARED));
        Balance balance = db.database().read(tx -> shop.till.wallet.balance(tx, SHARED));
        assertThat(balance.total()).isEqualTo(Money.ofNanos(shared.get() - expired));
        MoneyChecker.charges(db.database(), shop.till.prices::find);
        System.out.println("SpendModelTest: " + seen);
        assertThat(seen)
                .containsKeys(
                        "Hold held",
                        "Hold exists",
                        "Hold altered",
                        "Hold capped",
                        "Hold insufficient",
                        "TopUp altered",
                        "Grant false",
                        "Refund true",
                        "Refund false",
                        "Refund altered",
                        "Refund refused",
                        "Settle settled",
                        "Settle none",
                        "Release true",
                        "Open opened",
                        "Open small",
                        "Count counted",
                        "Count repeated",
                        "Count overdrawn",
                        "Count ended",
                        "RefundUse true",
                        "RefundUse refused",
                        "End true");
        assertThat(expired).isPositive();
    }

    /** Again and again, with a breath in between: the audits read all that ever was, and the commands are to go on. */
    private static int checkUntil(TestDatabase db, CountDownLatch played) throws InterruptedException {
        int checks = 0;
        do {
            MoneyChecker.ledger(db.database());
            checks++;
        } while (!played.await(100, TimeUnit.MILLISECONDS));
        return checks;
    }

    private final class Player {
        private final Shop shop;
        private final TestDatabase db;
        private final String name;
        private final SplittableRandom random;
        private final OrganizationId own;
        private final SpendModel model = new SpendModel();
        private final AtomicLong shared;
        private final Duration grantsLast;
        /** Not every player: of a wallet with grants no block is taken. */
        private final boolean grants;

        private int generation;

        Player(Shop shop, int number, SplittableRandom random, AtomicLong shared) {
            this.shop = shop;
            this.db = shop.till.db;
            this.name = "p" + number;
            this.random = random;
            this.own = new OrganizationId(new UUID(7, number));
            this.grants = number % 2 == 0;
            this.shared = shared;
            this.grantsLast = db.dialect() == SqlDialect.SQLITE ? Duration.ofDays(3) : Duration.ofMillis(400);
        }

        void play(int rounds) {
            db.writer().<Boolean>write(own.text(), tx -> shop.billing.openWallet(tx, own));
            for (int round = 0; round < rounds; round++) {
                if (db.dialect() == SqlDialect.SQLITE && random.nextInt(20) == 0) {
                    db.clock().advance(Duration.ofMinutes(random.nextInt(600)));
                }
                if (random.nextInt(4) == 0) {
                    playShared();
                } else {
                    playOwn();
                }
            }
            Instant now = db.writer().write(own.text(), tx -> {
                shop.till.wallet.lock(tx, own);
                return tx.now();
            });
            model.expire(now);
            Balance balance = db.database().read(tx -> shop.till.wallet.balance(tx, own));
            assertThat(balance).isEqualTo(new Balance(Money.ofNanos(model.available()), Money.ofNanos(model.held())));
            CreditLine line = db.database().read(tx -> shop.till.wallet.creditLine(tx, own));
            assertThat(line.owed()).isEqualTo(Money.ofNanos(model.owed()));
            long absorbed = db.database()
                    .read(tx -> tx.count(
                            "select coalesce(sum(amount), 0) from transfers where organization = ? and kind = 'absorb'",
                            own));
            assertThat(absorbed).as("what the platform bore").isEqualTo(model.absorbed());
        }

        private void playOwn() {
            generation = random.nextInt(10) == 0 ? generation + 1 : generation;
            List<SpendCommand> commands = commands(name + "x" + generation);
            List<Answer> answers = submit(own, commands);
            for (int i = 0; i < commands.size(); i++) {
                String word = word(answers.get(i).word());
                seen.merge(commands.get(i).getClass().getSimpleName() + " " + word.split(" ", -1)[0], 1L, Long::sum);
                assertThat(word)
                        .as("%s at %s", commands.get(i), answers.get(i).now())
                        .isEqualTo(commands.get(i)
                                .apply(model, answers.get(i).now().get()));
            }
        }

        private void playShared() {
            List<SpendCommand> commands = commands("shared");
            List<Answer> answers = submit(SHARED, commands);
            for (int i = 0; i < commands.size(); i++) {
                shared.addAndGet(change(commands.get(i), word(answers.get(i).word())));
            }
        }

        private List<SpendCommand> commands(String prefix) {
            List<SpendCommand> commands = new ArrayList<>();
            while (commands.size() < BURST) {
                SpendCommand command = SpendCommand.random(random, prefix, IDS, grantsLast);
                if (grants || !(command instanceof SpendCommand.Grant)) {
                    commands.add(command);
                }
            }
            return commands;
        }

        /** Without waiting in between: the lane keeps their order, and many share one commit. */
        private List<Answer> submit(OrganizationId organization, List<SpendCommand> commands) {
            return commands.stream()
                    .map(command -> {
                        AtomicReference<Instant> now = new AtomicReference<>();
                        return new Answer(
                                db.writer().submit(organization.text(), tx -> {
                                    now.set(tx.now());
                                    return command.apply(shop, tx, organization);
                                }),
                                now);
                    })
                    .toList();
        }
    }

    private static String word(CompletableFuture<String> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            return switch (e.getCause()) {
                case ProblemException refused -> word(refused);
                case IllegalStateException altered when altered.getMessage().contains("other facts") -> "altered";
                case IllegalStateException over when over.getMessage().contains("more than it held") -> "overdrawn";
                case DatabaseException over when over.getMessage().contains("constraint") -> "overdrawn";
                case null, default -> throw e;
            };
        }
    }

    private static String word(ProblemException refused) {
        var facts = refused.problem().facts();
        ProblemCode code = refused.problem().code();
        if (code == ProblemCode.INSUFFICIENT_FUNDS) {
            return "insufficient " + facts.get("balance_nanos") + " " + facts.get("held_nanos");
        }
        return code == ProblemCode.SPEND_CAP_REACHED ? "capped" : "refused";
    }

    /** What a command changed in what the organization has in all, going by the answer. */
    private static long change(SpendCommand command, String answer) {
        boolean done = answer.equals("true");
        return switch (command) {
            case SpendCommand.TopUp topUp -> done ? topUp.amount() : 0;
            case SpendCommand.Refund refund -> done ? refund.amount() : 0;
            case SpendCommand.Grant grant -> done ? grant.amount() : 0;
            case SpendCommand.Line line -> answer.startsWith("line ") ? Long.parseLong(answer.substring(5)) : 0;
            case SpendCommand.Settle settle ->
                answer.startsWith("settled ") ? -Long.parseLong(answer.split(" ", -1)[1]) : 0;
            case SpendCommand.Hold hold -> 0;
            case SpendCommand.RefundUse refund -> done ? refund.amount() : 0;
            case SpendCommand.Count count ->
                answer.startsWith("counted ") ? -Long.parseLong(answer.split(" ", -1)[1]) : 0;
            case SpendCommand.Release release -> 0;
            case SpendCommand.Open open -> 0;
            case SpendCommand.End end -> 0;
            case SpendCommand.Cap cap -> 0;
        };
    }
}
