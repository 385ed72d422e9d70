package dev.millrace.console.account;

import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import java.util.Map;

/** What somebody is told whose form would not do: the field by the name that it has on the page, and the fix. */
final class Blunder {
    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("limit_usd", "The amount"),
            Map.entry("amount", "The amount"),
            Map.entry("expires_at", "The end"),
            Map.entry("overlap_seconds", "The overlap"),
            Map.entry("email", "The e-mail"),
            Map.entry("password", "The password"),
            Map.entry("name", "The name"),
            Map.entry("organization", "The organization"),
            Map.entry("role", "The role"),
            Map.entry("networks", "The networks"),
            Map.entry("models", "The models"),
            Map.entry("reason", "The reason"),
            Map.entry("from", "The first day"),
            Map.entry("to", "The last day"),
            Map.entry("totp", "Two-step sign-in"));

    private Blunder() {}

    static String told(Problem problem) {
        if (problem.fields().isEmpty()) {
            return problem.detail();
        }
        FieldError field = problem.fields().getFirst();
        String label = LABELS.get(field.path());
        return label == null ? problem.detail() : label + " " + field.message();
    }
}
