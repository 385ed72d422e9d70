package dev.millrace.testkit;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A text that must not be found where content and secrets have no place: searched for in clear and in every coat that it
 * could wear (base64 at any offset, hexadecimal, URL-encoded, JSON-escaped, UTF-16).
 */
public final class Canary {
    private static final int BASE64_GROUP = 3;

    private final String secret;
    private final Map<String, String> coats = new LinkedHashMap<>();

    /** @param secret long enough not to occur by chance: at least 12 letters */
    public Canary(String secret) {
        if (secret.length() < 12) {
            throw new IllegalArgumentException("a canary needs at least 12 letters");
        }
        this.secret = secret;
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        coats.put("clear", secret);
        coats.put("hex", HexFormat.of().formatHex(bytes));
        coats.put("HEX", HexFormat.of().withUpperCase().formatHex(bytes));
        coats.put("url", URLEncoder.encode(secret, StandardCharsets.UTF_8));
        coats.put("json", escaped());
        coats.put("reversed", new StringBuilder(secret).reverse().toString());
        for (int offset = 0; offset < BASE64_GROUP; offset++) {
            coats.put("base64+" + offset, base64(bytes, offset));
            coats.put(
                    "base64url+" + offset,
                    base64(bytes, offset).replace('+', '-').replace('/', '_'));
        }
    }

    /** The text itself. */
    public String text() {
        return secret;
    }

    /** Where it was found in a text, as names of coats; empty when nowhere. */
    public List<String> in(String text) {
        return coats.entrySet().stream()
                .filter(coat -> text.contains(coat.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Where it was found in bytes, UTF-16 included. */
    public List<String> in(byte[] bytes) {
        List<String> found = new ArrayList<>(in(new String(bytes, StandardCharsets.ISO_8859_1)));
        if (found.isEmpty() && !in(new String(bytes, StandardCharsets.UTF_8)).isEmpty()) {
            found.add("utf-8");
        }
        if (!in(new String(bytes, StandardCharsets.UTF_16LE)).isEmpty()) {
            found.add("utf-16");
        }
        return found;
    }

    /** The files below a folder that hold it, each with the coat, but for those whose name ends in one of the given. */
    public List<String> below(Path folder, String... spared) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (Stream.of(spared).noneMatch(name::endsWith)) {
                    in(Files.readAllBytes(file)).forEach(coat -> found.add(name + " (" + coat + ")"));
                }
            }
        }
        return found;
    }

    /** What base64 makes of it wherever it begins within a longer text: the letters that do not depend on its neighbours. */
    private static String base64(byte[] bytes, int offset) {
        byte[] shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        String whole = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int first = (offset * 8 + 5) / 6;
        int last = (shifted.length - shifted.length % BASE64_GROUP) / BASE64_GROUP * 4;
        return whole.substring(first, Math.max(first + 1, last));
    }

    private String escaped() {
        StringBuilder text = new StringBuilder();
        secret.chars().forEach(letter -> text.append(String.format(Locale.ROOT, "\\u%04x", letter)));
        return text.toString();
    }

    @Override
    public String toString() {
        return "Canary";
    }
}
