package dev.millrace.egress;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The headers of an answer.
 *
 * @param values every value by lower-case name
 */
public record EgressHeaders(Map<String, List<String>> values) {
    public EgressHeaders {
        values = Map.copyOf(values);
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> first(String name) {
        List<String> all = values.get(name.toLowerCase(Locale.ROOT));
        return all == null || all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
    }
}
