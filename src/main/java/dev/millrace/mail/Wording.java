package dev.millrace.mail;

import java.util.List;

/** A letter as plain text and as HTML. */
final class Wording {
    private static final String STYLE = "font-family:sans-serif;font-size:15px;line-height:1.5;color:#1d2126";

    private Wording() {}

    static String plain(Letter letter) {
        StringBuilder text = new StringBuilder();
        letter.before().forEach(line -> text.append(line).append("\r\n\r\n"));
        Letter.Link link = letter.link();
        if (link != null) {
            text.append(link.label()).append(":\r\n").append(link.url()).append("\r\n\r\n");
        }
        letter.after().forEach(line -> text.append(line).append("\r\n\r\n"));
        return text.toString().stripTrailing() + "\r\n";
    }

    static String html(Letter letter) {
        StringBuilder text = new StringBuilder("<!doctype html><html><body style=\"" + STYLE + "\">");
        paragraphs(text, letter.before());
        Letter.Link link = letter.link();
        if (link != null) {
            String url = escaped(link.url());
            text.append("<p><a href=\"")
                    .append(url)
                    .append("\">")
                    .append(escaped(link.label()))
                    .append("</a></p><p>");
            text.append(url).append("</p>");
        }
        paragraphs(text, letter.after());
        return text.append("</body></html>").toString();
    }

    private static void paragraphs(StringBuilder text, List<String> lines) {
        lines.forEach(line -> text.append("<p>").append(escaped(line)).append("</p>"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
