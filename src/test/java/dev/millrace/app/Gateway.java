package dev.millrace.app;

import dev.millrace.access.Environment;
import dev.millrace.access.KeySpec;
import dev.millrace.access.NewKey;
import dev.millrace.db.Database;
import dev.millrace.id.KeyId;
import dev.millrace.id.OrganizationId;
import dev.millrace.limits.CapPeriod;
import dev.millrace.limits.CapSubject;
import dev.millrace.money.Money;
import dev.millrace.server.RouteInfo;
import dev.millrace.telemetry.Logs;
import dev.millrace.testkit.Caller;
import dev.millrace.testkit.MoneyChecker;
import dev.millrace.wallet.Funding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The whole gateway inside the test's own process: everything that {@code serve} wires, on SQLite in a folder of its own, on a
 * free port, with a sandbox that pretends no work.
 */
public final class Gateway implements AutoCloseable {
    private static final Map<String, String> USUAL = Map.of(
            "server.port", "0",
            "sandbox.image_latency", "0ms",
            "sandbox.video_latency", "0ms",
            "sandbox.music_latency", "0ms",
            "sandbox.speech_latency", "0ms",
            "sandbox.text_latency", "0ms",
            "sandbox.text_pace", "0ms",
            "limits.requests_per_minute", "1000000",
            "shutdown.drain", "1s");

    private final Path folder;
    private final DataDirectory directory;
    private final Node node;
    private final NewKey operator;

    private Gateway(Map<String, String> settings) {
        try {
            folder = Files.createTempDirectory("millrace-gateway");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Logs.quiet();
        Map<String, String> all = new HashMap<>(USUAL);
        all.putAll(settings);
        all.replaceAll((name, value) -> "--" + name + "=" + value);
        directory = DataDirectory.open(folder);
        node = Wiring.start(Settings.load(null, folder, Map.of(), all), directory);
        operator = Setup.operator(node.core(), Money.usd("100")).orElseThrow().key();
    }

    public static Gateway start() {
        return start(Map.of());
    }

    /** With these settings, by name as {@code limits.open_jobs}. */
    public static Gateway start(Map<String, String> settings) {
        return new Gateway(settings);
    }

    public String url() {
        return node.ownUrl();
    }

    public int port() {
        return Integer.parseInt(url().substring(url().lastIndexOf(':') + 1));
    }

    /** The data directory. */
    public Path folder() {
        return folder;
    }

    public Database database() {
        return node.core().database();
    }

    /** The key of the organization that runs the installation. */
    public NewKey operator() {
        return operator;
    }

    /** A fresh organization's key for the sandbox; its wallet has so many dollars. */
    public NewKey customer(String dollars) {
        return Setup.organization(node.core(), "Customer", Money.usd(dollars), Environment.TEST)
                .key();
    }

    /** Another key of the same organization. */
    public NewKey anotherKey(OrganizationId organization) {
        return database()
                .writer()
                .write("keys", tx -> node.core().access().create(tx, organization, "another", Environment.TEST));
    }

    /** Another key of the same organization, made as it is told. */
    public NewKey anotherKey(OrganizationId organization, KeySpec spec) {
        return database().writer().write("keys", tx -> node.core().access().create(tx, organization, spec));
    }

    /** Puts so many dollars into an organization's wallet. */
    public void fund(String organization, String dollars) {
        OrganizationId id = OrganizationId.parse(organization).orElseThrow();
        database()
                .writer()
                .write(
                        organization,
                        tx -> node.core()
                                .billing()
                                .topUp(tx, id, "test:" + organization, Money.usd(dollars), Funding.CASH_IN));
    }

    /** Every route that is served. */
    public List<RouteInfo> routes() {
        return node.routes();
    }

    public void revoke(OrganizationId organization, KeyId key) {
        database().writer().write("keys", tx -> node.core().access().revoke(tx, organization, key));
    }

    /** Puts a key to rest: it is refused until it is taken up again. */
    public void rest(OrganizationId organization, KeyId key) {
        database().writer().write("keys", tx -> node.core().access().rest(tx, organization, key, true));
    }

    /** Sets a spend cap. */
    public void cap(CapSubject subject, CapPeriod period, Money limit) {
        database()
                .writer()
                .<Boolean>write(
                        subject.organization().text(), tx -> node.core().caps().set(tx, subject, period, limit));
    }

    /** Speaks to it with this key, as {@code Authorization: Bearer}. */
    public Caller caller(NewKey key) {
        return new Caller(url()).with("Authorization", "Bearer " + key.full());
    }

    /** A line for each job that there is, of any state. */
    public List<String> jobs() {
        return database()
                .read(tx -> tx.list(
                        "select model, state, problem_detail from jobs order by created_at, id",
                        row -> row.text("model") + " " + row.text("state") + " " + row.textOrNull("problem_detail")));
    }

    /** How many holds have not been resolved. */
    public long openHolds() {
        return database().read(tx -> tx.count("select count(*) from holds where state = 'open'"));
    }

    /** Fails when an invariant of money or jobs is broken; nothing may be running. */
    public void check() {
        MoneyChecker.atRest(database());
    }

    @Override
    public void close() {
        node.close();
        directory.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
