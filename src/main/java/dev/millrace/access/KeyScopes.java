package dev.millrace.access;

import dev.millrace.meter.Modality;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a key may be used for. An empty list leaves all of its kind open.
 *
 * @param dialects the names of the dialects that it may speak, as {@code openai}
 * @param models ids of models; {@code *} stands for any letters, as in {@code acme/*}
 * @param modalities what may be made with it
 * @param readOnly whether it can only look: it runs nothing and changes nothing
 */
public record KeyScopes(Set<String> dialects, List<String> models, Set<Modality> modalities, boolean readOnly) {
    /** How many entries each list may have. */
    public static final int ENTRIES_MAX = 50;

    /** The names of the dialects that there are. */
    public static final List<String> DIALECTS = List.of("millrace", "openai", "higgsfield", "apiframe");

    private static final Predicate<String> FORM =
            Pattern.compile("[A-Za-z0-9*._:/@+-]{1,200}").asMatchPredicate();

    /** Everything that the role allows; stands behind the forms, which it is checked by. */
    public static final KeyScopes ALL = new KeyScopes(Set.of(), List.of(), Set.of(), false);

    /** @throws IllegalArgumentException when an entry has not the form of one, or there are too many */
    public KeyScopes {
        requireAll("dialects", dialects, DIALECTS::contains, "the dialects are " + String.join(", ", DIALECTS));
        requireAll("models", models, FORM, "letters, digits and . _ : / @ + - and * for any letters");
        dialects = Set.copyOf(dialects);
        models = List.copyOf(new TreeSet<>(models));
        modalities = Set.copyOf(modalities);
    }

    /**
     * Refuses a route of a dialect that the key may not speak.
     *
     * @param dialect empty for a route that belongs to none
     * @throws dev.millrace.problem.ProblemException {@code FORBIDDEN}
     */
    public void requireDialect(String dialect) {
        if (!dialects.isEmpty() && !dialect.isEmpty() && !dialects.contains(dialect)) {
            throw Forbidden.DIALECT.exception("This API key may not speak the " + dialect + " dialect; it may speak "
                    + String.join(", ", new TreeSet<>(dialects)) + ".");
        }
    }

    /**
     * Refuses a model that the key may not use.
     *
     * @throws dev.millrace.problem.ProblemException {@code FORBIDDEN}
     */
    public void requireModel(String model, Modality modality) {
        if (!reaches(model)) {
            throw Forbidden.MODEL.exception("This API key may not use the model " + model + ".");
        }
        if (!makes(modality)) {
            throw Forbidden.MODALITY.exception("This API key may not be used for " + modality.wire() + ".");
        }
    }

    /** Whether the model of this id may be used. */
    public boolean reaches(String model) {
        return models.isEmpty() || models.stream().anyMatch(pattern -> fits(pattern, model));
    }

    /** Whether the other ones allow nothing that these do not: no key hands out more than it has. */
    public boolean cover(KeyScopes other) {
        return (!readOnly || other.readOnly)
                && (dialects.isEmpty() || (!other.dialects.isEmpty() && dialects.containsAll(other.dialects)))
                && (modalities.isEmpty() || (!other.modalities.isEmpty() && modalities.containsAll(other.modalities)))
                && (models.isEmpty()
                        || (!other.models.isEmpty() && other.models.stream().allMatch(this::coversModel)));
    }

    private boolean coversModel(String pattern) {
        return models.contains(pattern) || (pattern.indexOf('*') < 0 && reaches(pattern));
    }

    /** Whether such things may be made. */
    public boolean makes(Modality modality) {
        return modalities.isEmpty() || modalities.contains(modality);
    }

    /** Stars are matched from the left, each as short as it can be: linear in the length of the text for each of them. */
    private static boolean fits(String pattern, String model) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return pattern.equals(model);
        }
        String last = parts[parts.length - 1];
        if (!model.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = model.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        return model.length() - last.length() >= at && model.endsWith(last);
    }

    private static void requireAll(String name, Collection<String> entries, Predicate<String> form, String hint) {
        if (entries.size() > ENTRIES_MAX || !entries.stream().allMatch(form)) {
            throw new IllegalArgumentException(
                    name + " has an entry that is none, or more than " + ENTRIES_MAX + ": " + hint);
        }
    }
}
