package dev.millrace.console.account;

/**
 * A page with one thing to do, or one thing to know.
 *
 * @param action where its form goes; empty for a page without one
 * @param kept what the form carries along; empty for nothing
 * @param asks {@code code}, {@code email}, or nothing
 */
public record Step(String title, String text, String failure, String action, String kept, String asks, String button) {
    static Step told(String title, String text) {
        return new Step(title, text, "", "", "", "", "");
    }

    Step failing(String why) {
        return new Step(title, text, why, action, kept, asks, button);
    }
}
