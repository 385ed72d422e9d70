package dev.millrace.payments;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of Stripe as top-ups need, on loopback, after its API reference (docs.stripe.com/api: Checkout Sessions, PaymentIntents, idempotent
 * requests, errors): form bodies in, objects out, and a repeat under one Idempotency-Key makes one object.
 */
public final class ScriptedStripe implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, ObjectNode> objects = new ConcurrentHashMap<>();
    private final Map<String, ObjectNode> byKey = new HashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    /** Each request as {@code POST /v1/…}. */
    public final List<String> requests = new CopyOnWriteArrayList<>();
    /** The bodies of what was made. */
    public final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();
    /** What happens to the next payments from saved cards: empty when they succeed, otherwise the decline code. */
    public volatile String decline = "";
    /** When set, what was made is not told: the answer is a 500. */
    public volatile boolean losesAnswers;

    public ScriptedStripe() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The object of that id, as Stripe has it; a test may change it. */
    public ObjectNode object(String id) {
        return objects.get(id);
    }

    /** Somebody pays on the page of the session. */
    public ObjectNode pay(String session) {
        ObjectNode page = objects.get(session);
        ObjectNode intent = intent(page.path("amount_total").asLong(), "cus_payer", "pm_card", Map.of());
        succeed(intent);
        return page.put("status", "complete")
                .put("payment_status", "paid")
                .put("customer", "cus_payer")
                .put("payment_intent", intent.path("id").asString());
    }

    /** How many payments from saved cards were made. */
    public long charges() {
        return objects.values().stream()
                .filter(object -> object.path("object").asString().equals("payment_intent"))
                .filter(object -> object.path("metadata").has(Intent.REFERENCE))
                .count();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(exchange.getRequestMethod() + " " + path);
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        ObjectNode answer;
        int status = 200;
        synchronized (this) {
            boolean makes = exchange.getRequestMethod().equals("POST");
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            if (makes && byKey.containsKey(key)) {
                answer = byKey.get(key);
            } else if (makes) {
                forms.add(form);
                answer = path.endsWith("/sessions") ? session(form) : charge(form);
                byKey.put(key, answer);
            } else if (path.equals("/v1/payment_intents")) {
                answer = list();
            } else {
                answer = objects.get(path.substring(path.lastIndexOf('/') + 1));
            }
            if (answer == null) {
                status = 404;
                answer = error("resource_missing", "");
            } else if (answer.has("error")) {
                status = 402;
            } else if (makes && losesAnswers) {
                status = 500;
                answer = error("lost", "");
            }
        }
        byte[] bytes = Json.bytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("Request-Id", "req_" + numbers.incrementAndGet());
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private ObjectNode session(Map<String, String> form) {
        String id = "cs_test_" + numbers.incrementAndGet();
        ObjectNode made = Json.object()
                .put("id", id)
                .put("object", "checkout.session")
                .put("status", "open")
                .put("payment_status", "unpaid")
                .put("amount_total", Long.parseLong(form.get("line_items[0][price_data][unit_amount]")))
                .put("currency", form.get("line_items[0][price_data][currency]"))
                .put("client_reference_id", form.get("client_reference_id"))
                .put("livemode", false)
                .put("url", "https://checkout.stripe.test/c/pay/" + id);
        made.putNull("payment_intent");
        made.putNull("customer");
        objects.put(id, made);
        return made;
    }

    private ObjectNode charge(Map<String, String> form) {
        ObjectNode made = intent(
                Long.parseLong(form.get("amount")),
                form.get("customer"),
                form.get("payment_method"),
                Map.of(Intent.REFERENCE, form.get("metadata[" + Intent.REFERENCE + "]")));
        if (decline.isEmpty()) {
            return succeed(made);
        }
        made.put("status", "requires_payment_method");
        made.putObject("last_payment_error").put("code", "card_declined").put("decline_code", decline);
        ObjectNode refused = error("card_declined", decline);
        ((ObjectNode) refused.path("error")).set("payment_intent", made.deepCopy());
        return refused;
    }

    private ObjectNode intent(long cents, String customer, String method, Map<String, String> metadata) {
        String id = "pi_" + numbers.incrementAndGet();
        ObjectNode made = Json.object()
                .put("id", id)
                .put("object", "payment_intent")
                .put("status", "processing")
                .put("amount", cents)
                .put("amount_received", 0)
                .put("currency", "usd")
                .put("customer", customer)
                .put("payment_method", method)
                .put("livemode", false);
        ObjectNode data = made.putObject("metadata");
        metadata.forEach(data::put);
        objects.put(id, made);
        return made;
    }

    private ObjectNode succeed(ObjectNode intent) {
        intent.put("status", "succeeded")
                .put("amount_received", intent.path("amount").asLong());
        intent.putObject("latest_charge")
                .put("id", "ch_" + numbers.incrementAndGet())
                .put("object", "charge")
                .put(
                        "receipt_url",
                        "https://pay.stripe.test/receipts/" + intent.path("id").asString());
        return intent;
    }

    private ObjectNode list() {
        ObjectNode list = Json.object().put("object", "list").put("has_more", false);
        ArrayNode data = list.putArray("data");
        objects.values().stream()
                .filter(object -> object.path("object").asString().equals("payment_intent"))
                .forEach(object -> data.add(object.deepCopy()));
        return list;
    }

    private static ObjectNode error(String code, String decline) {
        ObjectNode answer = Json.object();
        ObjectNode error = answer.putObject("error").put("type", decline.isEmpty() ? "api_error" : "card_error");
        error.put("code", code).put("message", "no");
        if (!decline.isEmpty()) {
            error.put("decline_code", decline);
        }
        return answer;
    }

    private static Map<String, String> form(String body) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            int split = pair.indexOf('=');
            if (split > 0) {
                fields.put(
                        URLDecoder.decode(pair.substring(0, split), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(split + 1), StandardCharsets.UTF_8));
            }
        }
        return fields;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
