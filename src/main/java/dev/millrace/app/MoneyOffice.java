package dev.millrace.app;

import dev.millrace.billing.Treasury;
import dev.millrace.config.ConfigException;
import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.problem.ProblemException;
import dev.millrace.wallet.Note;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the commands about money share: a data directory that no server uses meanwhile, or a running server. */
abstract class MoneyOffice extends Office {
    @Option(names = "--url", description = "A running server to do it through, instead of a data directory.")
    private @Nullable String url;

    @Option(names = "--key", description = "A key for --url; of the operator's organization for what is about others.")
    private @Nullable String key;

    @Option(names = "--reason", description = "Why, in words; it stands in the statement.")
    private String reason = "";

    @Option(names = "--reference", description = "The number of the paper that says so.")
    private String reference = "";

    /** Work on the money of one organization. */
    interface MoneyWork {
        Object run(Core core, Treasury treasury, Tx tx);
    }

    /** Whether it goes through a running server. */
    final boolean remote() {
        return url != null;
    }

    final Note note() {
        return new Note(reason, reference);
    }

    /** Puts reason and reference into a body. */
    final ObjectNode noted(ObjectNode body) {
        return reason.isEmpty() && reference.isEmpty()
                ? body
                : body.put("reason", reason).put("reference", reference);
    }

    /** Does it through a running server, and prints the answer. */
    final int remotely(String method, String path, @Nullable ObjectNode body) throws IOException {
        return through(null, client -> client.send(method, path, body));
    }

    /** Asks a running server for something, and prints it. */
    final int through(RemoteAdmin.Call<?> call) throws IOException {
        return through(null, call);
    }

    /** Asks a running server for something about an organization, or the key's own where none is named, and prints it. */
    final int through(@Nullable OrganizationId about, RemoteAdmin.Call<?> call) throws IOException {
        if (key == null) {
            return refuse(ExitCode.USAGE, "--url needs --key");
        }
        Object answer = RemoteAdmin.through(String.valueOf(url), key, about, call);
        return answer instanceof JsonNode json ? print(json) : say(answer.toString());
    }

    /** Does it in the data directory, for the organization that was named or the only one there is. */
    final int offline(@Nullable OrganizationId named, Function<OrganizationId, MoneyWork> work) {
        return installed(core -> {
            OrganizationId whose = KeyCommand.organization(core, named);
            return written(core, whose.text(), work.apply(whose));
        });
    }

    final int written(Core core, String lane, MoneyWork work) {
        try {
            Treasury treasury = MoneyParts.of(core).treasury();
            return print(Json.tree(core.database().writer().write(lane, tx -> work.run(core, treasury, tx))));
        } catch (ProblemException refused) {
            return refuse(ExitCode.USAGE, refused.problem().detail());
        } catch (IllegalArgumentException wrong) {
            throw new ConfigException(String.valueOf(wrong.getMessage()));
        }
    }

    final int print(JsonNode answer) {
        return say(json() ? Json.line(answer) : Json.pretty(answer));
    }

    final int say(String text) {
        out().println(text);
        out().flush();
        return ExitCode.OK;
    }

    static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
