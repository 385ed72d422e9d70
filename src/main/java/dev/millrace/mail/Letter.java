package dev.millrace.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one letter says. It is sent as plain text and as simple HTML, which say the same.
 *
 * @param subject one short line
 * @param before paragraphs, each in one line
 * @param link what the letter asks to open; null for none
 * @param after paragraphs that follow
 * @param enclosure a file that comes with it; null for none
 */
public record Letter(
        String subject,
        List<String> before,
        @Nullable Link link,
        List<String> after,
        @Nullable Enclosure enclosure) {
    public Letter {
        subject = line(subject);
        before = before.stream().map(Letter::line).toList();
        after = after.stream().map(Letter::line).toList();
    }

    public Letter(String subject, List<String> before, @Nullable Link link, List<String> after) {
        this(subject, before, link, after, null);
    }

    /**
     * A link, absolute.
     *
     * @param label what opening it does
     */
    public record Link(String label, String url) {}

    /** A file. */
    public record Enclosure(String name, String type, byte[] bytes) {}

    /** The subject alone. */
    @Override
    public String toString() {
        return "Letter[" + subject + "]";
    }

    /** Names come from people: none of them begins a header or a paragraph of its own. */
    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
