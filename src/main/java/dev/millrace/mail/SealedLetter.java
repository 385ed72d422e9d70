package dev.millrace.mail;

import dev.millrace.crypto.Seal;
import dev.millrace.json.Json;
import dev.millrace.mail.Letter.Enclosure;
import dev.millrace.mail.Letter.Link;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Seals to whom a letter goes and what it says. */
final class SealedLetter {
    private final Seal seal;

    SealedLetter(Seal seal) {
        this.seal = seal;
    }

    /** A letter with its address. */
    record Addressed(String to, Letter letter) {}

    byte[] seal(String id, Addressed addressed) {
        Letter letter = addressed.letter();
        ObjectNode clear = Json.object().put("to", addressed.to()).put("subject", letter.subject());
        clear.set("before", Json.tree(letter.before()));
        clear.set("after", Json.tree(letter.after()));
        Link link = letter.link();
        if (link != null) {
            clear.put("label", link.label()).put("url", link.url());
        }
        Enclosure enclosure = letter.enclosure();
        if (enclosure != null) {
            clear.put("file", enclosure.name())
                    .put("type", enclosure.type())
                    .put("bytes", Base64.getEncoder().encodeToString(enclosure.bytes()));
        }
        return seal.seal(Json.bytes(clear), context(id));
    }

    Addressed open(String id, byte[] sealed) {
        ObjectNode clear = Json.readOwnObject(new String(seal.open(sealed, context(id)), StandardCharsets.UTF_8));
        return new Addressed(
                clear.path("to").stringValue(),
                new Letter(
                        clear.path("subject").stringValue(),
                        lines(clear.path("before")),
                        link(clear),
                        lines(clear.path("after")),
                        enclosure(clear)));
    }

    private static List<String> lines(JsonNode all) {
        List<String> lines = new ArrayList<>();
        all.forEach(line -> lines.add(line.stringValue()));
        return lines;
    }

    private static @Nullable Link link(ObjectNode clear) {
        return clear.has("url")
                ? new Link(clear.path("label").stringValue(), clear.path("url").stringValue())
                : null;
    }

    private static @Nullable Enclosure enclosure(ObjectNode clear) {
        return clear.has("bytes")
                ? new Enclosure(
                        clear.path("file").stringValue(),
                        clear.path("type").stringValue(),
                        Base64.getDecoder().decode(clear.path("bytes").stringValue()))
                : null;
    }

    private static String context(String id) {
        return "mail:" + id;
    }
}
