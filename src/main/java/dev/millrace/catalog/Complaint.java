package dev.millrace.catalog;

/**
 * One mistake in a catalogue file.
 *
 * @param file the file's name
 * @param line where it is, counted from 1; 0 when it is nowhere in particular
 * @param where the model and the field, as {@code sandbox/image: prices.rules.0.usd}; empty for the file as a whole
 * @param message what is wrong and how to fix it
 */
public record Complaint(String file, int line, String where, String message) {
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + (where.isEmpty() ? "" : where + ": ") + message;
    }
}
