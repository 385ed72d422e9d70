package dev.millrace.access;

import dev.millrace.meter.Modality;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
    /** Everything that the role allows. */
    public static final KeyScopes ALL = new KeyScopes(Set.of(), List.of(), Set.of(), false);

    /** How many entries each list may have. */
    public static final int ENTRIES_MAX = 50;

    private static final Pattern DIALECT = Pattern.compile("[a-z]{1,32}");
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9*._:/@+-]{1,200}");

    /** @throws IllegalArgumentException when an entry has not the form of one, or there are too many */
    public KeyScopes {
        require("dialects", dialects, DIALECT);
        require("models", models, MODEL);
        dialects = Set.copyOf(dialects);
        models = List.copyOf(new TreeSet<>(models));
        modalities = Set.copyOf(modalities);
    }

    /** Whether the dialect of this name may be spoken. */
    public boolean speaks(String dialect) {
        return dialects.isEmpty() || dialects.contains(dialect);
    }

    /** Whether the model of this id may be used. */
    public boolean reaches(String model) {
        return models.isEmpty() || models.stream().anyMatch(pattern -> fits(pattern, model));
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

    private static void require(String name, Collection<String> entries, Pattern form) {
        if (entries.size() > ENTRIES_MAX) {
            throw new IllegalArgumentException(name + " has more than " + ENTRIES_MAX + " entries");
        }
        for (String entry : entries) {
            if (!form.matcher(entry).matches()) {
                throw new IllegalArgumentException(name + " has an entry that is none: letters, digits and"
                        + (form == MODEL ? " . _ : / @ + - and * for any letters" : " nothing else, in lower case"));
            }
        }
    }
}
