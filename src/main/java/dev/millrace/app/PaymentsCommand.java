package dev.millrace.app;

import dev.millrace.egress.Egress;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.lease.DueWork;
import dev.millrace.money.Money;
import dev.millrace.payments.Payments;
import dev.millrace.payments.TopUp;
import dev.millrace.trail.Actor;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows an organization's payments by card, and gives up what is owed of them. */
@Command(
        name = "payments",
        description = "Show an organization's payments by card; give up what is owed of those that were taken back.",
        mixinStandardHelpOptions = true)
final class PaymentsCommand extends Office implements Callable<Integer> {
    @Parameters(paramLabel = "ORGANIZATION", description = "Its id.")
    private @Nullable OrganizationId organization;

    @Option(names = "--forgive", description = "Give up what is owed, so that it may pay by card again.")
    private boolean forgive;

    @Option(names = "--limit", description = "How many at most (${DEFAULT-VALUE}).")
    private int limit = 50;

    @Override
    public Integer call() {
        OrganizationId whose = Objects.requireNonNull(organization);
        return installed(core -> {
            Egress egress = new Egress(core.settings().egress(), core.metrics().registry());
            Payments payments = PaymentRooms.payments(core, new DueWork(), egress, "command line");
            if (forgive) {
                core.database()
                        .writer()
                        .<Integer>write(
                                whose.text(),
                                tx -> payments.forgive(
                                        tx, whose, Actor.commandLine().about(whose)));
            }
            core.database()
                    .read(tx -> payments.list(tx, whose, null, Math.max(1, limit)))
                    .topUps()
                    .forEach(row -> out().println(line(row)));
            Money owed = core.database().read(tx -> payments.owed(tx, whose));
            if (!json()) {
                out().println("owed " + owed);
            }
            return ExitCode.OK;
        });
    }

    private String line(TopUp row) {
        if (json()) {
            return Json.object()
                    .put("id", row.id())
                    .put("status", row.state().code())
                    .put("kind", row.kind().code())
                    .put("amount_usd", row.amount().toUsd())
                    .put("taken_back_usd", row.taken().toUsd())
                    .put("owed_usd", row.owed().toUsd())
                    .toString();
        }
        return "%s  %-7s  %-9s  %10s USD  taken back %s  owed %s  %s"
                .formatted(
                        row.id(),
                        row.state().code(),
                        row.kind().code(),
                        row.amount().toUsd(),
                        row.taken().toUsd(),
                        row.owed().toUsd(),
                        row.createdAt());
    }
}
