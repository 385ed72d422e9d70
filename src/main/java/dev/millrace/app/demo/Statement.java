package dev.millrace.app.demo;

import dev.millrace.money.Money;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** What each thing held, was charged and gave back, as the wallet's own transfers tell it, and whether it adds up. */
record Statement(List<Line> lines, Money before, Money after) {
    private static final int TRIES = 50;
    private static final long BETWEEN_TRIES_MILLIS = 100;

    /** What one thing moved. */
    record Line(Made made, Money held, Money charged, Money released) {
        /** All that was held is charged or given back. */
        boolean resolved() {
            return held.isPositive() && held.equals(charged.plus(released));
        }
    }

    /** Reads the transfers until everything is settled; what is streamed settles a moment after its last word. */
    static Statement read(Client client, List<Made> all, Money before) throws IOException, InterruptedException {
        List<Line> lines = lines(client, all);
        CountDownLatch never = new CountDownLatch(1);
        for (int tries = 0; tries < TRIES && !lines.stream().allMatch(Line::resolved); tries++) {
            never.await(BETWEEN_TRIES_MILLIS, TimeUnit.MILLISECONDS);
            lines = lines(client, all);
        }
        return new Statement(lines, before, balance(client));
    }

    /** What the wallet has, spendable and held together. */
    static Money balance(Client client) throws IOException {
        JsonNode wallet = client.get("/api/v1/wallet");
        return usd(wallet, "available_usd").plus(usd(wallet, "held_usd"));
    }

    Money sum(java.util.function.Function<Line, Money> column) {
        return lines.stream().map(column).reduce(Money.ZERO, Money::plus);
    }

    /** Every hold is resolved, and the balance fell by exactly what was charged. */
    boolean addsUp() {
        return lines.stream().allMatch(Line::resolved)
                && before.minus(sum(Line::charged)).equals(after);
    }

    private static List<Line> lines(Client client, List<Made> all) throws IOException {
        Map<String, Map<String, Money>> moved = transfers(client);
        List<Line> lines = new ArrayList<>();
        for (Made made : all) {
            Map<String, Money> kinds = moved.getOrDefault(made.subject(), Map.of());
            lines.add(new Line(
                    made,
                    kinds.getOrDefault("hold", Money.ZERO),
                    kinds.getOrDefault("settle", Money.ZERO),
                    kinds.getOrDefault("release", Money.ZERO)));
        }
        return lines;
    }

    /** Amounts by subject and kind. */
    private static Map<String, Map<String, Money>> transfers(Client client) throws IOException {
        Map<String, Map<String, Money>> moved = new HashMap<>();
        for (JsonNode transfer :
                client.get("/api/v1/wallet/transfers?limit=100").path("data")) {
            moved.computeIfAbsent(transfer.path("subject").asString(""), subject -> new HashMap<>())
                    .merge(transfer.path("kind").asString(""), usd(transfer, "amount_usd"), Money::plus);
        }
        return moved;
    }

    private static Money usd(JsonNode object, String name) {
        return Money.usd(object.path(name).asString("0"));
    }
}
