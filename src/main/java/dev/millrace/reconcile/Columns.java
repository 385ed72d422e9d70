package dev.millrace.reconcile;

import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which column of an upstream's table is what. A row is about one request, or about a model and a day.
 *
 * @param names by what they are: {@code amount} always; {@code request}, or {@code model} and {@code day}; maybe {@code units}, and
 *     {@code currency}, which a column of that very name is where nothing else is said
 */
public record Columns(Map<String, String> names) {
    /** What a table with these very names needs no mapping for. */
    public static final String USUAL =
            "request=request_id,model=model,day=day,units=units,amount=amount_usd,currency=currency";

    private static final List<String> KNOWN = List.of("request", "model", "day", "units", "amount", "currency");

    public Columns {
        names = Map.copyOf(names);
    }

    /**
     * Reads {@code request=ID,amount=Cost (USD)}.
     *
     * @throws ProblemException {@code INVALID_PARAMETER} on {@code columns}
     */
    public static Columns parse(String text) {
        Map<String, String> names = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String what = equals < 0 ? "" : part.substring(0, equals).strip();
            String name = part.substring(equals + 1).strip();
            if (!KNOWN.contains(what) || name.isEmpty() || names.put(what, name) != null) {
                throw wrong("must be like " + USUAL + ".");
            }
        }
        return new Columns(names);
    }

    /** The columns that the table has of these. */
    Columns in(List<String> given) {
        Map<String, String> there = new TreeMap<>(names);
        there.putIfAbsent("currency", "currency");
        there.values().removeIf(name -> !given.contains(name));
        if (!there.containsKey("amount")) {
            throw wrong("the table has no column " + names.getOrDefault("amount", "for the amount") + ".");
        }
        if (!there.containsKey("request") && !(there.containsKey("model") && there.containsKey("day"))) {
            throw wrong("the table needs a column of request ids, or one of models and one of days.");
        }
        return new Columns(there);
    }

    private static ProblemException wrong(String what) {
        return Problem.parameter("columns", what).toException();
    }
}
