package dev.millrace.app;

import dev.millrace.catalog.BundledModels;
import dev.millrace.catalog.Catalog;
import dev.millrace.catalog.Model;
import dev.millrace.catalog.PricePage;
import dev.millrace.telemetry.Metrics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The catalogue. */
@Command(
        name = "catalog",
        description = "The catalogue of models: check, prices.",
        mixinStandardHelpOptions = true,
        subcommands = {CatalogCommand.Check.class, CatalogCommand.Prices.class})
final class CatalogCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "admin catalog needs: check or prices");
    }

    /** Reads the catalogue as the server would, and says what is in it or what is wrong with it. */
    @Command(
            name = "check",
            description = "Read the catalogue as the server would, and say what is in it or what is wrong with it.",
            mixinStandardHelpOptions = true)
    static final class Check extends Office implements Callable<Integer> {
        @Override
        public Integer call() {
            try (Metrics metrics = new Metrics();
                    Catalog catalog =
                            Wiring.catalog(BundledModels.reading(), data().settings(), metrics, models -> {})) {
                for (Model model : catalog.all()) {
                    out().println("%-46s %-9s %-9s %s"
                            .formatted(
                                    model.id(),
                                    model.modality().wire(),
                                    model.status().name().toLowerCase(java.util.Locale.ROOT),
                                    String.join(", ", model.aliases())));
                }
                return ExitCode.OK;
            }
        }
    }

    /** Prints every model and its price as a page. */
    @Command(
            name = "prices",
            description = "Print the full price list as a page in Markdown.",
            mixinStandardHelpOptions = true)
    static final class Prices extends Office implements Callable<Integer> {
        @Override
        public Integer call() {
            try (Metrics metrics = new Metrics();
                    Catalog catalog =
                            Wiring.catalog(BundledModels.reading(), data().settings(), metrics, models -> {})) {
                out().print(PricePage.of(catalog.all()));
                return ExitCode.OK;
            }
        }
    }
}
