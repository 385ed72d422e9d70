package dev.millrace.app;

import dev.millrace.api.millrace.prices.PriceBodies.RerateBody;
import dev.millrace.api.millrace.prices.RerateForm;
import dev.millrace.billing.rerate.Rated;
import dev.millrace.billing.rerate.Rerating;
import dev.millrace.billing.rerate.Unrated;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Csv;
import dev.millrace.json.Json;
import dev.millrace.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a past time would have cost under other prices. */
@Command(
        name = "rerate",
        description = "What a past time would have cost under other prices. Changes nothing.",
        mixinStandardHelpOptions = true)
final class RerateCommand extends MoneyOffice implements Callable<Integer> {
    @Option(names = "--org", paramLabel = "ID", description = "Whose usage; needed when there is more than one.")
    private @Nullable OrganizationId organization;

    @Option(names = "--from", paramLabel = "DATE", required = true, description = "The first day (UTC).")
    private String from = "";

    @Option(names = "--to", paramLabel = "DATE", required = true, description = "The last day.")
    private String to = "";

    @Option(names = "--catalog", paramLabel = "FILE", description = "A catalogue file whose prices are tried.")
    private @Nullable Path catalog;

    @Option(names = "--markup", paramLabel = "FACTOR", description = "A factor for everything, as 1.15.")
    private @Nullable String markup;

    @Option(names = "--minimum", paramLabel = "USD", description = "What a request costs at least.")
    private @Nullable String minimum;

    @Option(names = "--csv", description = "A table instead of JSON.")
    private boolean csv;

    @Option(names = "--rows", description = "A table with a line for every request; not with --url.")
    private boolean rows;

    @Override
    public Integer call() throws IOException {
        Path file = catalog;
        if (file != null && !Files.isRegularFile(file)) {
            return refuse(ExitCode.USAGE, "--catalog: there is no file " + file);
        }
        String draft = file == null ? null : Files.readString(file);
        if (remote()) {
            return rows ? refuse(ExitCode.USAGE, "--rows reads a data directory, not --url") : remotely(draft);
        }
        return installed(core -> {
            try {
                return here(core, RerateForm.of(from, to, markup, minimum, draft));
            } catch (ProblemException refused) {
                return refuse(ExitCode.USAGE, refused.problem().detail());
            }
        });
    }

    private int remotely(@Nullable String draft) throws IOException {
        ObjectNode body = Json.object().put("from", from).put("to", to);
        put(body, "organization", organization == null ? null : organization.text());
        put(body, "markup", markup);
        put(body, "minimum_usd", minimum);
        put(body, "catalog", draft);
        return through(client -> {
            ObjectNode answer = client.send("POST", "/api/v1/prices/rerate", body);
            return csv ? RerateBody.csv(answer).stripTrailing() : answer;
        });
    }

    private int here(Core core, RerateForm form) {
        OrganizationId whose = KeyCommand.organization(core, organization);
        if (rows) {
            say(Csv.of("id", "created_at", "model", "key_id", "then_usd", "now_usd", "unrated")
                    .text()
                    .stripTrailing());
        }
        Consumer<Rated> each = rows ? this::line : one -> {};
        Rerating told = PriceParts.of(core).rerater().run(whose, form.start(), form.end(), form.draft(), each);
        if (rows) {
            return ExitCode.OK;
        }
        JsonNode answer =
                Json.tree(RerateBody.of(form.from().toString(), form.to().toString(), told));
        return csv ? say(RerateBody.csv(answer).stripTrailing()) : print(answer);
    }

    private void line(Rated one) {
        Unrated why = one.why();
        out().println(String.join(
                ",",
                one.row().id(),
                one.row().createdAt().toString(),
                one.row().model(),
                one.row().key().text(),
                one.row().charge().toUsd(),
                why == null ? one.now().toUsd() : "",
                why == null ? "" : why.wire()));
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
