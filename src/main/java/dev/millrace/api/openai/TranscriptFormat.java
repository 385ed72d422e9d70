package dev.millrace.api.openai;

import dev.millrace.json.Json;
import dev.millrace.provider.Transcript;
import dev.millrace.provider.Transcript.Span;
import dev.millrace.server.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The forms in which a transcript can be had. */
enum TranscriptFormat {
    JSON,
    TEXT,
    SRT,
    VERBOSE_JSON,
    VTT;

    static TranscriptFormat of(String name) {
        for (TranscriptFormat format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
                return format;
            }
        }
        throw Form.wrong("response_format", "enum", "must be json, text, srt, verbose_json or vtt.");
    }

    Response response(Transcript transcript, List<String> granularities) {
        return switch (this) {
            case JSON ->
                Response.json(200, Json.object().put("text", transcript.text()).set("usage", usage(transcript)));
            case TEXT -> Response.text(200, transcript.text() + "\n");
            case SRT -> plain("application/x-subrip", srt(transcript));
            case VTT -> plain("text/vtt; charset=utf-8", vtt(transcript));
            case VERBOSE_JSON -> Response.json(200, verbose(transcript, granularities));
        };
    }

    /** The transcript in pieces, sentence by sentence, and then as a whole. */
    static Response events(Transcript transcript) {
        return Response.sse(out -> {
            String gap = "";
            for (Span segment : transcript.segments()) {
                String type = "transcript.text.delta";
                out.event(type, null, Json.text(Json.object().put("type", type).put("delta", gap + segment.text())));
                gap = " ";
            }
            String type = "transcript.text.done";
            out.event(type, null, Json.text(Json.object().put("type", type).put("text", transcript.text())));
        });
    }

    private static Response plain(String type, String text) {
        return Response.bytes(200, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode usage(Transcript transcript) {
        return Json.object().put("type", "duration").put("seconds", (transcript.durationMs() + 999) / 1000);
    }

    private static ObjectNode verbose(Transcript transcript, List<String> granularities) {
        ObjectNode body = Json.object()
                .put("task", "transcribe")
                .put(
                        "language",
                        Locale.of(transcript.language())
                                .getDisplayLanguage(Locale.ENGLISH)
                                .toLowerCase(Locale.ROOT))
                .put("duration", Transcript.seconds(transcript.durationMs()))
                .put("text", transcript.text());
        if (granularities.contains("segment")) {
            ArrayNode segments = body.putArray("segments");
            for (Span segment : transcript.segments()) {
                times(segments.addObject().put("id", segments.size() - 1).put("seek", 0), segment)
                        .put("text", segment.text());
            }
        }
        if (granularities.contains("word")) {
            ArrayNode words = body.putArray("words");
            transcript.words().forEach(word -> times(words.addObject().put("word", word.text()), word));
        }
        body.set("usage", usage(transcript));
        return body;
    }

    private static ObjectNode times(ObjectNode into, Span span) {
        return into.put("start", Transcript.seconds(span.startMs())).put("end", Transcript.seconds(span.endMs()));
    }

    private static String srt(Transcript transcript) {
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (Span segment : transcript.segments()) {
            text.append(number++).append('\n');
            text.append(clock(segment.startMs(), ','))
                    .append(" --> ")
                    .append(clock(segment.endMs(), ','))
                    .append('\n');
            text.append(line(segment)).append("\n\n");
        }
        return text.toString();
    }

    private static String vtt(Transcript transcript) {
        StringBuilder text = new StringBuilder("WEBVTT\n\n");
        for (Span segment : transcript.segments()) {
            text.append(clock(segment.startMs(), '.'))
                    .append(" --> ")
                    .append(clock(segment.endMs(), '.'))
                    .append('\n');
            text.append(line(segment)).append("\n\n");
        }
        return text.toString();
    }

    /** A subtitle ends at a blank line, and its times are told by their arrow. */
    private static String line(Span segment) {
        return segment.text().replace("-->", "→").replaceAll("\\s*\\R\\s*", " ");
    }

    private static String clock(long millis, char point) {
        return "%02d:%02d:%02d%c%03d"
                .formatted(millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60, point, millis % 1000);
    }
}
