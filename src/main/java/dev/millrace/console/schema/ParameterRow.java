package dev.millrace.console.schema;

import java.util.List;

/**
 * One parameter of a model, or a member of one.
 *
 * @param name with the names of what it is within, as {@code multi_prompt[].text}
 * @param depth how many names stand before it
 * @param type as {@code integer} or {@code list of text}
 * @param role what it means for every model; empty where it means nothing to others
 * @param values all that is allowed; empty where that is not a list
 * @param range what is allowed where it is not a list, in words
 * @param standard what it is when it is left out; empty where nothing is said
 * @param dialect the only dialect whose clients send it; empty for all
 * @param place where a request has it, as {@code query}; empty for a member of a body
 */
public record ParameterRow(
        String name,
        int depth,
        String type,
        boolean required,
        String role,
        List<String> values,
        String range,
        String standard,
        String description,
        String dialect,
        String place) {
    /** The last part of the name. */
    public String own() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** What the name stands within, with the dot behind it; empty at the top. */
    public String within() {
        return name.substring(0, name.lastIndexOf('.') + 1);
    }

    ParameterRow described(String words) {
        String told = words.isEmpty() ? description : words;
        return new ParameterRow(name, depth, type, required, role, values, range, standard, told, dialect, place);
    }

    /** The same in this part of a request. */
    public ParameterRow in(String part) {
        return new ParameterRow(name, depth, type, required, role, values, range, standard, description, dialect, part);
    }
}
