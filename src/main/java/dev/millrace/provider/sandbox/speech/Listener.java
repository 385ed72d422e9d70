package dev.millrace.provider.sandbox.speech;

import dev.millrace.provider.Transcript;
import dev.millrace.provider.Transcript.Span;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes recordings down. The sandbox can not hear: of its own recordings it gives back the text that they name, of all
 * others a text that says so, spread over the true length.
 */
public final class Listener {
    private static final long PIECE_MILLIS = 5_000;

    private Listener() {}

    /** @param language what the request says is spoken; {@code en} where it says nothing */
    public static Transcript transcribe(byte[] file, long milliseconds, String language) {
        String text = Signature.read(file).map(String::strip).orElseGet(() -> placeholder(milliseconds));
        List<Span> segments = spread(sentences(text), 0, milliseconds);
        List<Span> words = new ArrayList<>();
        for (Span segment : segments) {
            words.addAll(spread(List.of(segment.text().strip().split("\\s+")), segment.startMs(), segment.endMs()));
        }
        return new Transcript(text, language, milliseconds, segments, words);
    }

    private static String placeholder(long milliseconds) {
        long pieces = Math.max(1, (milliseconds + PIECE_MILLIS - 1) / PIECE_MILLIS);
        StringBuilder text = new StringBuilder("[Sandbox transcript: the sandbox can not hear.]");
        for (long piece = 1; piece <= pieces; piece++) {
            text.append(" Part ").append(piece).append(" of ").append(pieces).append('.');
        }
        return text.toString();
    }

    private static List<String> sentences(String text) {
        List<String> sentences = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
        breaks.setText(text);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            if (!text.substring(start, end).isBlank()) {
                sentences.add(text.substring(start, end).strip());
            }
            start = end;
        }
        return sentences.isEmpty() ? List.of(text) : sentences;
    }

    /** Long texts take long. */
    private static List<Span> spread(List<String> texts, long from, long to) {
        long all = texts.stream().mapToLong(text -> text.length() + 1L).sum();
        List<Span> spans = new ArrayList<>();
        long before = 0;
        for (String text : texts) {
            long start = from + (to - from) * before / all;
            before += text.length() + 1L;
            spans.add(new Span(start, from + (to - from) * before / all, text));
        }
        return spans;
    }
}
