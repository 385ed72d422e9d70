package dev.millrace.app;

import dev.millrace.access.Access;
import dev.millrace.app.demo.Client;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressSettings;
import dev.millrace.id.OrganizationId;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.telemetry.Metrics;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the administration does through a running server. */
final class RemoteAdmin {
    private RemoteAdmin() {}

    /** What is done with a client of a running server. */
    interface Call<R> {
        R make(Client client) throws IOException;
    }

    static <R> R through(String url, String key, Call<R> call) throws IOException {
        return through(url, key, null, call);
    }

    /** @param about another organization, which the operator's key names; null for the key's own */
    static <R> R through(String url, String key, @Nullable OrganizationId about, Call<R> call) throws IOException {
        Map<String, String> headers = about == null ? Map.of() : Map.of(Access.ORGANIZATION_HEADER, about.text());
        try (Metrics metrics = new Metrics()) {
            return call.make(new Client(new Egress(EgressSettings.DEFAULTS, metrics.registry()), url, key, headers));
        }
    }

    /** The new organization with its key, as the server answers it. */
    static ObjectNode createOrganization(String url, String key, String name, Money wallet) throws IOException {
        try (Metrics metrics = new Metrics()) {
            ObjectNode body = Json.object().put("name", name).put("wallet_usd", wallet.toUsd());
            return new Client(new Egress(EgressSettings.DEFAULTS, metrics.registry()), url, key)
                    .post("/api/v1/organizations", body, Map.of());
        }
    }

    /** What a route answers. */
    static ObjectNode send(String url, String key, String method, String path, @Nullable ObjectNode body)
            throws IOException {
        try (Metrics metrics = new Metrics()) {
            return new Client(new Egress(EgressSettings.DEFAULTS, metrics.registry()), url, key)
                    .send(method, path, body);
        }
    }
}
