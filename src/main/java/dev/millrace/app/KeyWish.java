package dev.millrace.app;

import dev.millrace.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The options that say what a key may do, in the words of {@code POST /api/v1/keys}. */
final class KeyWish {
    @Option(names = "--role", description = "owner, admin, developer, billing or viewer.")
    private @Nullable String role;

    @Option(names = "--member", paramLabel = "ID", description = "The member who answers for it.")
    private @Nullable String member;

    @Option(names = "--dialects", split = ",", description = "The dialects that it may speak; all where none is named.")
    private List<String> dialects = List.of();

    @Option(names = "--models", split = ",", description = "The models that it may use; * stands for any letters.")
    private List<String> models = List.of();

    @Option(names = "--modalities", split = ",", description = "What may be made with it, as language,image.")
    private List<String> modalities = List.of();

    @Option(names = "--read-only", description = "It can look, and nothing else.")
    private boolean readOnly;

    @Option(names = "--networks", split = ",", description = "From where it may be used, as 10.0.0.0/8.")
    private List<String> networks = List.of();

    @Option(
            names = "--expires",
            paramLabel = "TIME",
            description = "From when on it is refused, as 2030-01-31T00:00:00Z.")
    private @Nullable String expires;

    @Option(
            names = "--cap-day",
            paramLabel = "USD",
            description = "What it may spend in a day; none takes the cap away.")
    private @Nullable String day;

    @Option(names = "--cap-month", paramLabel = "USD", description = "What it may spend in a month.")
    private @Nullable String month;

    @Option(names = "--cap-total", paramLabel = "USD", description = "What it may spend at all.")
    private @Nullable String total;

    /** The body that says so. */
    ObjectNode body() {
        ObjectNode body = Json.object();
        put(body, "role", role);
        put(body, "member_id", member);
        put(body, "expires_at", expires);
        if (!dialects.isEmpty() || !models.isEmpty() || !modalities.isEmpty() || readOnly) {
            ObjectNode scopes = body.putObject("scopes");
            fill(scopes, "dialects", dialects);
            fill(scopes, "models", models);
            fill(scopes, "modalities", modalities);
            scopes.put("read_only", readOnly);
        }
        fill(body, "networks", networks);
        if (day != null || month != null || total != null) {
            ObjectNode caps = body.putObject("caps");
            cap(caps, "day_usd", day);
            cap(caps, "month_usd", month);
            cap(caps, "total_usd", total);
        }
        return body;
    }

    private static void put(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }

    private static void fill(ObjectNode body, String name, List<String> values) {
        if (!values.isEmpty()) {
            ArrayNode list = body.putArray(name);
            values.forEach(list::add);
        }
    }

    private static void cap(ObjectNode caps, String name, @Nullable String usd) {
        if (usd != null && usd.equals("none")) {
            caps.putNull(name);
        } else {
            put(caps, name, usd);
        }
    }
}
