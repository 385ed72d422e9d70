package dev.millrace.app;

import dev.millrace.app.demo.Client;
import dev.millrace.egress.Egress;
import dev.millrace.egress.EgressSettings;
import dev.millrace.json.Json;
import dev.millrace.money.Money;
import dev.millrace.telemetry.Metrics;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What the administration does through a running server. */
final class RemoteAdmin {
    private RemoteAdmin() {}

    /** The new organization with its key, as the server answers it. */
    static ObjectNode createOrganization(String url, String key, String name, Money wallet) throws IOException {
        try (Metrics metrics = new Metrics()) {
            ObjectNode body = Json.object().put("name", name).put("wallet_usd", wallet.toUsd());
            return new Client(new Egress(EgressSettings.DEFAULTS, metrics.registry()), url, key)
                    .post("/api/v1/organizations", body, Map.of());
        }
    }
}
