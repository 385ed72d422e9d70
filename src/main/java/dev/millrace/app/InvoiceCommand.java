package dev.millrace.app;

import dev.millrace.id.OrganizationId;
import dev.millrace.invoices.FullInvoice;
import dev.millrace.invoices.Invoice;
import dev.millrace.invoices.InvoiceCsv;
import dev.millrace.invoices.Invoices;
import dev.millrace.json.Json;
import dev.millrace.lease.DueWork;
import dev.millrace.money.Money;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Invoices. */
@Command(
        name = "invoice",
        description = "Invoices: close, list, show, pay, void.",
        mixinStandardHelpOptions = true,
        subcommands = {
            InvoiceCommand.Close.class,
            InvoiceCommand.ListAll.class,
            InvoiceCommand.Show.class,
            InvoiceCommand.Pay.class,
            InvoiceCommand.TakeBack.class
        })
final class InvoiceCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "admin invoice needs one of: close, list, show, pay, void");
    }

    /** What the commands share. */
    abstract static class Desk extends Office {
        /** Does it with the rooms; a refusal is said in its own words. */
        final int at(BiFunction<Core, Invoices, Integer> work) {
            return installed(core -> {
                try {
                    return work.apply(core, PaymentRooms.invoices(core, new DueWork()));
                } catch (ProblemException refused) {
                    return refuse(ExitCode.BROKEN, refused.problem().detail());
                }
            });
        }

        /** An invoice as a server tells it. */
        static String line(JsonNode invoice) {
            return "%s  %-4s  %12s USD  open %12s  due %s  %s"
                    .formatted(
                            invoice.path("number").asString(),
                            invoice.path("status").asString(),
                            invoice.path("total_usd").asString(),
                            invoice.path("open_usd").asString(),
                            day(invoice),
                            invoice.path("buyer").path("name").asString());
        }

        /** The day on which it is due where the customer is. */
        private static String day(JsonNode invoice) {
            return Instant.parse(invoice.path("due_at").asString())
                    .atZone(ZoneId.of(invoice.path("time_zone").asString("UTC")))
                    .toLocalDate()
                    .toString();
        }

        /** Prints what a server says of one. */
        final int told(JsonNode invoice) {
            out().println(json() ? Json.line(invoice) : line(invoice));
            return ExitCode.OK;
        }

        static String path(String number) {
            return "/api/v1/invoices/" + MoneyOffice.escaped(number);
        }

        final String line(Invoice invoice) {
            if (json()) {
                return Json.object()
                        .put("number", invoice.number())
                        .put("organization", invoice.organization().text())
                        .put("status", invoice.status().code())
                        .put("total_usd", invoice.total().toUsd())
                        .put("open_usd", invoice.open().toUsd())
                        .put("due_at", invoice.dueAt().toString())
                        .toString();
            }
            return "%s  %-4s  %12s USD  open %12s  due %s  %s"
                    .formatted(
                            invoice.number(),
                            invoice.status().code(),
                            invoice.total().toUsd(),
                            invoice.open().toUsd(),
                            invoice.dueAt().atZone(invoice.zone()).toLocalDate(),
                            invoice.buyer().name());
        }
    }

    /** Writes the invoice of last month. */
    @Command(
            name = "close",
            description = "Write the invoice of what was charged up to the end of last month; a repeat writes none.",
            mixinStandardHelpOptions = true)
    static final class Close extends Desk implements Callable<Integer> {
        @Parameters(paramLabel = "ORGANIZATION", description = "Its id.")
        private @Nullable OrganizationId organization;

        @Option(names = "--now", description = "Up to this moment, as when a customer leaves.")
        private boolean now;

        @Mixin
        private Remote remote = new Remote();

        @Override
        public Integer call() throws IOException {
            OrganizationId whose = Objects.requireNonNull(organization);
            if (remote.chosen()) {
                ObjectNode body = Json.object().put("now", now);
                out().println(remote.send("POST", "/api/v1/organizations/" + whose + "/invoices", body)
                        .toString());
                return ExitCode.OK;
            }
            return at((core, invoices) -> {
                Optional<Invoice> made = now
                        ? invoices.closeNow(whose, Actor.commandLine())
                        : invoices.closeMonth(whose, Actor.commandLine());
                out().println(made.map(this::line).orElse(json() ? "{}" : "nothing to bill"));
                return ExitCode.OK;
            });
        }
    }

    /** Shows invoices. */
    @Command(name = "list", description = "Show invoices, newest first.", mixinStandardHelpOptions = true)
    static final class ListAll extends Desk implements Callable<Integer> {
        @Option(names = "--org", paramLabel = "ORGANIZATION", description = "Of one organization.")
        private @Nullable OrganizationId organization;

        @Option(names = "--limit", description = "How many at most (${DEFAULT-VALUE}).")
        private int limit = 100;

        @Mixin
        private Remote remote = new Remote();

        @Override
        public Integer call() throws IOException {
            if (remote.chosen()) {
                String path = "/api/v1/invoices?" + (organization == null ? "organization=all" : "");
                remote.pages(path, limit, organization).forEach(this::told);
                return ExitCode.OK;
            }
            return at((core, invoices) -> {
                core.database()
                        .read(tx -> invoices.list(tx, organization, null, Math.max(1, limit)))
                        .invoices()
                        .forEach(invoice -> out().println(line(invoice)));
                return ExitCode.OK;
            });
        }
    }

    /** Shows one invoice, or writes it as a file. */
    @Command(name = "show", description = "Show an invoice, or write it as a file.", mixinStandardHelpOptions = true)
    static final class Show extends Desk implements Callable<Integer> {
        @Parameters(paramLabel = "NUMBER", description = "As INV-000042.")
        private String number = "";

        @Option(names = "--pdf", paramLabel = "FILE", description = "Write it as PDF.")
        private @Nullable Path pdf;

        @Option(names = "--csv", paramLabel = "FILE", description = "Write it as a table.")
        private @Nullable Path csv;

        @Mixin
        private Remote remote = new Remote();

        @Override
        public Integer call() throws IOException {
            if (remote.chosen()) {
                return told();
            }
            return at((core, invoices) -> {
                Optional<FullInvoice> full = core.database().read(tx -> invoices.find(tx, number));
                if (full.isEmpty()) {
                    return refuse(ExitCode.BROKEN, "there is no invoice " + number);
                }
                try {
                    if (pdf != null) {
                        Files.write(pdf, invoices.pdf(full.get()));
                    }
                    if (csv != null) {
                        Files.write(csv, InvoiceCsv.of(full.get()).getBytes(StandardCharsets.UTF_8));
                    }
                } catch (IOException e) {
                    return refuse(ExitCode.BROKEN, "the file can not be written: " + e.getMessage());
                }
                out().println(line(full.get().invoice()));
                if (pdf == null && csv == null && !json()) {
                    full.get()
                            .lines()
                            .forEach(line -> out().println("  %-44s %-18s %,8d  %16s"
                                    .formatted(
                                            line.model(),
                                            line.key(),
                                            line.requests(),
                                            line.amount().toUsd())));
                }
                return ExitCode.OK;
            });
        }

        private int told() throws IOException {
            String path = path(number);
            ObjectNode invoice = remote.send("GET", path, null);
            if (pdf != null) {
                save(path + ".pdf", pdf);
            }
            if (csv != null) {
                save(path + ".csv", csv);
            }
            if (json()) {
                out().println(Json.line(invoice));
                return ExitCode.OK;
            }
            out().println(line(invoice));
            invoice.path("lines")
                    .forEach(line -> out().println("  %-44s %-18s %8s  %16s"
                            .formatted(
                                    line.path("model").asString(),
                                    line.path("key_id").asString(),
                                    line.path("requests").asString(""),
                                    line.path("amount_usd").asString())));
            return ExitCode.OK;
        }

        private void save(String path, Path file) throws IOException {
            remote.<Boolean>through(null, client -> {
                client.save(path, file);
                return true;
            });
        }
    }

    /** Books a payment. */
    @Command(
            name = "pay",
            description = "Book a payment of an invoice; the same reference counts once.",
            mixinStandardHelpOptions = true)
    static final class Pay extends Desk implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "NUMBER", description = "As INV-000042.")
        private String number = "";

        @Parameters(index = "1", paramLabel = "USD", description = "How much was paid.")
        private @Nullable Money amount;

        @Option(names = "--reference", required = true, description = "Names the payment, as on the bank's statement.")
        private String reference = "";

        @Mixin
        private Remote remote = new Remote();

        @Override
        public Integer call() throws IOException {
            Money paid = Objects.requireNonNull(amount);
            if (remote.chosen()) {
                ObjectNode body = Json.object().put("amount_usd", paid.toUsd()).put("reference", reference);
                return told(remote.send("POST", path(number) + "/payments", body));
            }
            return at((core, invoices) -> {
                Invoice invoice = core.database()
                        .writer()
                        .write("invoices", tx -> invoices.pay(tx, number, reference, paid, Actor.commandLine()));
                out().println(line(invoice));
                return ExitCode.OK;
            });
        }
    }

    /** Takes an invoice back. */
    @Command(
            name = "void",
            description = "Take an invoice back on which nothing was paid; what stands on it comes on the next one.",
            mixinStandardHelpOptions = true)
    static final class TakeBack extends Desk implements Callable<Integer> {
        @Parameters(paramLabel = "NUMBER", description = "As INV-000042.")
        private String number = "";

        @Option(names = "--reason", required = true, description = "Why; it stands on the invoice.")
        private String reason = "";

        @Mixin
        private Remote remote = new Remote();

        @Override
        public Integer call() throws IOException {
            if (remote.chosen()) {
                ObjectNode body = Json.object().put("reason", reason);
                return told(remote.send("POST", path(number) + "/void", body));
            }
            return at((core, invoices) -> {
                Invoice invoice = core.database()
                        .writer()
                        .write("invoices", tx -> invoices.takeBack(tx, number, reason, Actor.commandLine()));
                out().println(line(invoice));
                return ExitCode.OK;
            });
        }
    }
}
