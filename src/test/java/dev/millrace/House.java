package dev.millrace;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The house's tables: which rooms there are, on which level each stands, and which library belongs to which room. */
final class House {
    static final String ROOT = "dev.millrace";

    /** What the name of every adapter's room starts with. */
    private static final String ADAPTERS = "provider.";

    /** Room → level. An import goes from a room to one on a lower level, and never otherwise. */
    static final Map<String, Integer> LEVELS = levels(
            List.of("money", "id", "problem", "meter", "address"),
            List.of("db", "json", "crypto", "config", "telemetry", "frames"),
            List.of("lease", "egress", "server", "trail"),
            List.of(
                    "access",
                    "mail",
                    "limits",
                    "catalog",
                    "wallet",
                    "usage",
                    "webhooks",
                    "assets",
                    "moderation",
                    "presets",
                    "idempotency",
                    "provider"),
            List.of("routing", "billing", "personas", "loras", "letters"), // and every adapter: see level()
            List.of("admission", "payments", "invoices", "audit", "reconcile"),
            List.of("relay", "jobs", "privacy"),
            List.of(
                    "api.openai",
                    "api.anthropic",
                    "api.higgsfield",
                    "api.apiframe",
                    "api.millrace",
                    "api.callbacks",
                    "console"),
            List.of("app"));

    /** Prefix of a library's (or the JDK's) class names → the rooms that may name it. */
    static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            Map.entry("io.helidon.", Set.of("server")),
            Map.entry("java.net.http.", Set.of("egress")),
            Map.entry("java.net.Socket", Set.of("egress")),
            Map.entry("java.net.ServerSocket", Set.of("server")),
            Map.entry("java.net.DatagramSocket", Set.of()),
            Map.entry("java.net.URLConnection", Set.of()),
            Map.entry("java.net.HttpURLConnection", Set.of()),
            Map.entry("java.nio.channels.SocketChannel", Set.of("egress")),
            Map.entry("java.nio.channels.ServerSocketChannel", Set.of("server")),
            Map.entry("javax.net.", Set.of("server", "egress")),
            Map.entry("javax.sql.", Set.of("db")),
            Map.entry("com.zaxxer.", Set.of("db")),
            Map.entry("org.flywaydb.", Set.of("db")),
            Map.entry("org.sqlite.", Set.of("db")),
            Map.entry("org.postgresql.", Set.of("db")),
            Map.entry("tools.jackson.databind.ObjectMapper", Set.of("json")),
            Map.entry("tools.jackson.databind.json.", Set.of("json")),
            Map.entry("tools.jackson.dataformat.", Set.of("json", "config", "catalog")),
            Map.entry("org.apache.commons.csv.", Set.of("json")),
            Map.entry("com.networknt.", Set.of("catalog")),
            Map.entry("io.github.bucket4j.", Set.of("limits")),
            Map.entry("io.lettuce.", Set.of("limits")),
            Map.entry("io.netty.", Set.of()),
            Map.entry("reactor.", Set.of()),
            Map.entry("ch.qos.logback.", Set.of("telemetry")),
            Map.entry("gg.jte.", Set.of("console")),
            Map.entry("org.bouncycastle.", Set.of("access")),
            Map.entry("com.bastiaanjansen.", Set.of("access")),
            Map.entry("com.google.zxing.", Set.of("console")),
            Map.entry("com.nimbusds.", Set.of("access")),
            Map.entry("net.minidev.", Set.of()),
            Map.entry("jakarta.mail.", Set.of("mail")),
            Map.entry("jakarta.activation.", Set.of("mail")),
            Map.entry("org.eclipse.angus.", Set.of("mail")),
            Map.entry("picocli.", Set.of("app")),
            Map.entry("com.stripe.", Set.of("payments")),
            Map.entry("com.google.gson.", Set.of()),
            Map.entry("org.apache.pdfbox.", Set.of("invoices")),
            Map.entry("org.jcodec.", Set.of("frames", "provider.sandbox")),
            Map.entry("de.sciss.", Set.of("provider.sandbox")),
            Map.entry("io.github.jaredmdobson.", Set.of("provider.sandbox")),
            Map.entry("java.awt.", Set.of("frames", "provider.sandbox")),
            Map.entry("javax.imageio.", Set.of("frames", "provider.sandbox")),
            Map.entry("javax.sound.", Set.of("provider.sandbox")),
            Map.entry("com.sun.", Set.of("provider.sandbox")));

    private House() {}

    /** The room that a package belongs to: an adapter's own name, else the longest name in the table that it starts with. */
    static Optional<String> room(String packageName) {
        String inside = packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1);
        if (inside.startsWith(ADAPTERS)) {
            return Optional.of(ADAPTERS + inside.substring(ADAPTERS.length()).split("\\.", 2)[0]);
        }
        return LEVELS.keySet().stream()
                .filter(room -> inside.equals(room) || inside.startsWith(room + "."))
                .max(Comparator.comparingInt(String::length));
    }

    static int level(String room) {
        return isAdapter(room) ? LEVELS.get("provider") + 1 : LEVELS.get(room);
    }

    static boolean isAdapter(String room) {
        return room.startsWith(ADAPTERS);
    }

    static String rooms() {
        return LEVELS.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(joining(", "));
    }

    @SafeVarargs
    private static Map<String, Integer> levels(List<String>... rooms) {
        Map<String, Integer> levels = new TreeMap<>();
        for (int level = 0; level < rooms.length; level++) {
            for (String room : rooms[level]) {
                levels.put(room, level);
            }
        }
        return Map.copyOf(levels);
    }
}
