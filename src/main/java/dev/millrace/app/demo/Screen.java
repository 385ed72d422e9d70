package dev.millrace.app.demo;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Shows how several things get on: bars that move in place on a terminal, a line for each step elsewhere. Safe for all threads. */
final class Screen {
    private static final int WIDTH = 28;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private final PrintWriter out;
    private final boolean terminal;
    private final Map<String, Bar> bars = new LinkedHashMap<>();
    private int drawn;

    private record Bar(int percent, String note, boolean ended) {}

    Screen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Adds a bar at the bottom. */
    synchronized void add(String name) {
        bars.put(name, new Bar(0, "waiting", false));
        draw();
    }

    /** Moves a bar; it never moves back. */
    synchronized void move(String name, int percent, String note) {
        Bar now = bars.get(name);
        if (now == null || now.ended()) {
            return;
        }
        Bar next = new Bar(Math.max(now.percent(), percent), note, false);
        if (next.equals(now)) {
            return;
        }
        bars.put(name, next);
        if (terminal) {
            draw();
        } else if (!next.note().equals(now.note()) || next.percent() / 25 > now.percent() / 25) {
            plain(name, next);
        }
    }

    /** Fills a bar, with what came of it beside it. */
    synchronized void end(String name, String note) {
        Bar bar = new Bar(100, note, true);
        bars.put(name, bar);
        if (terminal) {
            draw();
        } else {
            plain(name, bar);
        }
    }

    /** Begins anew below what was drawn. */
    synchronized void settle() {
        bars.clear();
        drawn = 0;
    }

    synchronized void line(String text) {
        out.println(text);
        out.flush();
    }

    /** Text that goes on where the last one ended. */
    synchronized void text(String piece) {
        out.print(piece);
        out.flush();
    }

    String bold(String text) {
        return style("1", text);
    }

    String dim(String text) {
        return style("2", text);
    }

    String green(String text) {
        return style("32", text);
    }

    private String style(String code, String text) {
        return terminal ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    private void plain(String name, Bar bar) {
        line(String.format(Locale.ROOT, "  %-6s %3d%%  %s", name, bar.percent(), bar.note()));
    }

    private void draw() {
        if (!terminal) {
            return;
        }
        StringBuilder frame = new StringBuilder(drawn == 0 ? "" : "\u001b[" + drawn + "A");
        bars.forEach((name, bar) -> frame.append("\r\u001b[K  ")
                .append(String.format(Locale.ROOT, "%-6s ", name))
                .append(drawing(bar))
                .append(String.format(Locale.ROOT, " %3d%%  ", bar.percent()))
                .append(bar.ended() ? bar.note() : dim(bar.note()))
                .append('\n'));
        drawn = bars.size();
        out.print(frame);
        out.flush();
    }

    private String drawing(Bar bar) {
        int eighths = WIDTH * 8 * bar.percent() / 100;
        String full = "█".repeat(eighths / 8);
        String part = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
        String filled = style(bar.ended() ? "32" : "36", full + part);
        return filled + dim("·".repeat(WIDTH - full.length() - part.length()));
    }
}
