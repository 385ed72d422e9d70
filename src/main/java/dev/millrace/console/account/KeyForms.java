package dev.millrace.console.account;

import dev.millrace.access.KeyScopes;
import dev.millrace.access.KeySpec;
import dev.millrace.access.Role;
import dev.millrace.address.Network;
import dev.millrace.meter.Modality;
import dev.millrace.problem.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what the form of a key says. */
final class KeyForms {
    private KeyForms() {}

    /**
     * The key as the form has it: name, role, end, and what it may be used for.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER}, with the field
     */
    static KeySpec changed(KeySpec spec, FormBody form, Instant now) {
        String name = form.text("name");
        KeySpec named = wrong("name", () -> spec.named(name));
        Role role = Role.parse(form.text("role")).orElse(spec.role());
        KeyScopes scopes = wrong(
                "models",
                () -> new KeyScopes(
                        KeyScopes.DIALECTS.stream()
                                .filter(dialect -> form.ticked("dialect_" + dialect))
                                .collect(Collectors.toSet()),
                        words(form.text("models")),
                        modalities(form),
                        form.ticked("read_only")));
        List<Network> networks = wrong(
                "networks",
                () -> words(form.text("networks")).stream().map(Network::parse).toList());
        return wrong(
                "networks",
                () -> named.withRole(role)
                        .within(scopes)
                        .from(networks)
                        .until(end(form.text("expires"), spec.expiresAt(), now)));
    }

    private static Set<Modality> modalities(FormBody form) {
        return Arrays.stream(Modality.values())
                .filter(modality -> form.ticked("modality_" + modality.wire()))
                .collect(Collectors.toSet());
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("[\\s,]+"));
    }

    /**
     * The end of the day that the form says, in UTC; one that it said before stays to the second.
     *
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} on {@code expires_at}
     */
    static @Nullable Instant end(String text, @Nullable Instant before, Instant now) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (before != null && LocalDate.ofInstant(before, ZoneOffset.UTC).equals(day)) {
                return before;
            }
            Instant end =
                    day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(1);
            if (end.isAfter(now) && day.getYear() < 2200) {
                return end;
            }
        } catch (DateTimeParseException notADate) {
            // Told below, as a day that is over is.
        }
        throw Problem.parameter("expires_at", "must be a day that is not over, such as 2030-01-31.")
                .toException();
    }

    private static <T> T wrong(String field, Supplier<T> read) {
        try {
            return read.get();
        } catch (IllegalArgumentException e) {
            throw Problem.parameter(field, "will not do: " + e.getMessage() + ".")
                    .toException();
        }
    }
}
