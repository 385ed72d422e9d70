package dev.millrace.webhooks;

import dev.millrace.crypto.Seal;
import dev.millrace.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Seals what a delivery must not show at rest: where it goes, its headers, and its body. */
final class SealedDelivery {
    private final Seal seal;

    SealedDelivery(Seal seal) {
        this.seal = seal;
    }

    byte[] target(Delivery delivery) {
        ObjectNode clear = Json.object().put("url", delivery.url()).put("key", delivery.signingKey());
        clear.set("headers", Json.tree(delivery.headers()));
        return seal.seal(Json.bytes(clear), context(delivery.event(), "target"));
    }

    byte[] body(Delivery delivery) {
        return seal.seal(delivery.body(), context(delivery.event(), "body"));
    }

    Delivery open(String event, DeliveryStore.Pending row) {
        byte[] clear = seal.open(row.sealedTarget(), context(event, "target"));
        ObjectNode target = Json.readOwnObject(new String(clear, StandardCharsets.UTF_8));
        Map<String, String> headers = new TreeMap<>();
        for (var header : target.get("headers").properties()) {
            headers.put(header.getKey(), header.getValue().stringValue());
        }
        byte[] body = seal.open(row.sealedBody(), context(event, "body"));
        return new Delivery(event, target.get("url").stringValue(), headers, body, row.policy(), key(target));
    }

    private static @Nullable String key(ObjectNode target) {
        JsonNode key = target.get("key");
        return key == null || key.isNull() ? null : key.stringValue();
    }

    private static String context(String event, String what) {
        return "webhook:" + event + ":" + what;
    }
}
