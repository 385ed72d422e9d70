package dev.millrace.provider;

import dev.millrace.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was said in a recording: the one output of a transcription job, as a JSON file. Times are milliseconds here, and
 * seconds with three decimals in the file.
 *
 * @param language what is spoken, as {@code en}
 * @param durationMs how long the recording is
 * @param segments sentences, in their order
 * @param words single words, in their order
 */
public record Transcript(String text, String language, long durationMs, List<Span> segments, List<Span> words) {
    /** The content type of the file. */
    public static final String CONTENT_TYPE = "application/json";

    private static final int MILLIS = 3;

    public Transcript {
        segments = List.copyOf(segments);
        words = List.copyOf(words);
    }

    /** What was said from one moment to another. */
    public record Span(long startMs, long endMs, String text) {}

    /** The file. */
    public byte[] json() {
        ObjectNode file = Json.object().put("text", text).put("language", language);
        file.put("duration", seconds(durationMs));
        file.set("segments", spans(segments, "text"));
        file.set("words", spans(words, "word"));
        return Json.bytes(file);
    }

    /** The transcript in a file that {@link #json} wrote. */
    public static Transcript read(byte[] json) {
        ObjectNode file = Json.readOwnObject(new String(json, StandardCharsets.UTF_8));
        return new Transcript(
                file.path("text").asString(""),
                file.path("language").asString(""),
                millis(file.path("duration")),
                spans(file.path("segments"), "text"),
                spans(file.path("words"), "word"));
    }

    /** Milliseconds as seconds. */
    public static BigDecimal seconds(long millis) {
        return BigDecimal.valueOf(millis, MILLIS);
    }

    private static ArrayNode spans(List<Span> spans, String name) {
        ArrayNode list = Json.array();
        for (Span span : spans) {
            list.addObject()
                    .put("start", seconds(span.startMs))
                    .put("end", seconds(span.endMs))
                    .put(name, span.text);
        }
        return list;
    }

    private static List<Span> spans(JsonNode list, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(one -> new Span(
                        millis(one.path("start")),
                        millis(one.path("end")),
                        one.path(name).asString("")))
                .toList();
    }

    private static long millis(JsonNode seconds) {
        return seconds.isNumber()
                ? seconds.decimalValue()
                        .movePointRight(MILLIS)
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValue()
                : 0;
    }
}
