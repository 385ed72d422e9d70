package dev.millrace.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemException;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.Seeds;
import dev.millrace.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Random commands, repeated and altered ones among them, from eight threads through the Writer. On wallets of its own each
 * thread knows from the model what every answer must be, though its commands share batches with everybody else's; on the
 * wallet that all share, the answers must add up to the balance. A reader checks the invariants all the while.
 */
class WalletModelTest {
    private static final int THREADS = 8;
    private static final int BURST = 6;
    private static final int IDS = 40;
    private static final OrganizationId SHARED = new OrganizationId(new UUID(9, 9));

    private final Wallet wallet = new Wallet();

    @OnBothDatabases
    void the_wallet_answers_as_its_model_does(TestDatabase db) throws Exception {
        SplittableRandom random = Seeds.random("WalletModelTest");
        int rounds = Integer.getInteger("wallet.steps", 5_000) / THREADS / BURST + 1;
        db.writer().write(SHARED.text(), tx -> wallet.open(tx, SHARED));
        AtomicBoolean running = new AtomicBoolean(true);
        AtomicLong sharedTotal = new AtomicLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> reader = threads.submit(() -> checkWhile(db, running));
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Player player = new Player(db, i, random.split(), sharedTotal);
                workers.add(threads.submit(() -> player.play(rounds)));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
            running.set(false);
            System.out.println("WalletModelTest: " + db + ", " + rounds * THREADS * BURST + " steps, " + reader.get()
                    + " audits meanwhile");
        }
        Balance shared = db.database().read(tx -> wallet.balance(tx, SHARED));
        assertThat(shared.total().nanos()).isEqualTo(sharedTotal.get());
        MoneyChecker.ledger(db.database());
    }

    private static int checkWhile(TestDatabase db, AtomicBoolean running) {
        int checks = 0;
        while (running.get()) {
            MoneyChecker.ledger(db.database());
            checks++;
        }
        return checks;
    }

    private final class Player {
        private final TestDatabase db;
        private final String name;
        private final SplittableRandom random;
        private final OrganizationId own;
        private final LedgerModel model = new LedgerModel();
        private final AtomicLong sharedTotal;
        private int generation;

        Player(TestDatabase db, int number, SplittableRandom random, AtomicLong sharedTotal) {
            this.db = db;
            this.name = "p" + number;
            this.random = random;
            this.own = new OrganizationId(new UUID(7, number));
            this.sharedTotal = sharedTotal;
        }

        void play(int rounds) {
            db.writer().write(own.text(), tx -> wallet.open(tx, own));
            for (int round = 0; round < rounds; round++) {
                if (random.nextInt(4) == 0) {
                    playShared();
                } else {
                    playOwn();
                }
            }
            Balance balance = db.database().read(tx -> wallet.balance(tx, own));
            assertThat(balance).isEqualTo(new Balance(Money.ofNanos(model.available()), Money.ofNanos(model.held())));
        }

        private void playOwn() {
            generation = random.nextInt(10) == 0 ? generation + 1 : generation;
            List<Command> commands = commands(name + "x" + generation);
            List<CompletableFuture<String>> answers = submit(own, commands);
            for (int i = 0; i < commands.size(); i++) {
                assertThat(answer(answers.get(i)))
                        .as("%s", commands.get(i))
                        .isEqualTo(commands.get(i).apply(model));
            }
        }

        private void playShared() {
            List<Command> commands = commands("shared");
            List<CompletableFuture<String>> answers = submit(SHARED, commands);
            for (int i = 0; i < commands.size(); i++) {
                sharedTotal.addAndGet(change(commands.get(i), answer(answers.get(i))));
            }
        }

        private List<Command> commands(String prefix) {
            List<Command> commands = new ArrayList<>();
            for (int i = 0; i < BURST; i++) {
                commands.add(Command.random(random, prefix, IDS));
            }
            return commands;
        }

        /** Without waiting in between: the lane keeps their order, and many share one commit. */
        private List<CompletableFuture<String>> submit(OrganizationId organization, List<Command> commands) {
            return commands.stream()
                    .map(command ->
                            db.writer().submit(organization.text(), tx -> command.apply(wallet, tx, organization)))
                    .toList();
        }
    }

    private static String answer(CompletableFuture<String> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            return switch (e.getCause()) {
                case ProblemException refused -> "refused";
                case IllegalStateException altered when altered.getMessage().contains("other facts") -> "altered";
                case null, default -> throw e;
            };
        }
    }

    /** What a command changed in what the wallet has in all, going by the answer. */
    private static long change(Command command, String answer) {
        return switch (command) {
            case Command.TopUp topUp -> answer.equals("true") ? topUp.amount() : 0;
            case Command.Refund refund -> answer.equals("true") ? refund.amount() : 0;
            case Command.Settle settle -> answer.startsWith("settled ") ? -Long.parseLong(answer.split(" ", -1)[1]) : 0;
            case Command.Hold hold -> 0;
            case Command.Release release -> 0;
        };
    }
}
