package dev.millrace.app;

import dev.millrace.json.Json;
import dev.millrace.privacy.Finder;
import dev.millrace.privacy.Found;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** What belongs to whom. */
@Command(
        name = "find",
        description =
                "Find what belongs to whom, by an e-mail address, an id, a key's first letters or an invoice's number.",
        mixinStandardHelpOptions = true)
final class FindCommand extends Office implements Callable<Integer> {
    @Parameters(paramLabel = "TEXT", description = "What to look for.")
    private String text = "";

    @Mixin
    private Remote remote = new Remote();

    @Override
    public Integer call() throws IOException {
        if (remote.chosen()) {
            JsonNode found = remote.send(
                            "GET", "/api/v1/find?q=" + URLEncoder.encode(text, StandardCharsets.UTF_8), null)
                    .path("data");
            found.forEach(one -> line(
                    one.path("kind").asString(""),
                    one.path("id").asString(""),
                    one.path("organization").asString("-"),
                    one.path("person").asString("-"),
                    one.path("note").asString("")));
            return found.isEmpty() ? nothing() : ExitCode.OK;
        }
        return installed(core -> {
            List<Found> found = core.database().read(tx -> new Finder().find(tx, text));
            found.forEach(one -> line(
                    one.kind(),
                    one.id(),
                    one.organization() == null ? "-" : one.organization(),
                    one.person() == null ? "-" : one.person(),
                    one.note() == null ? "" : one.note()));
            return found.isEmpty() ? nothing() : ExitCode.OK;
        });
    }

    private int nothing() {
        return refuse(ExitCode.BROKEN, "nothing here is known by that");
    }

    private void line(String kind, String id, String organization, String person, String note) {
        out().println(
                        json()
                                ? Json.object()
                                        .put("kind", kind)
                                        .put("id", id)
                                        .put("organization", organization)
                                        .put("person", person)
                                        .put("note", note)
                                        .toString()
                                : "%-12s  %-36s  organization %-36s  person %-36s  %s"
                                        .formatted(kind, id, organization, person, note));
    }
}
