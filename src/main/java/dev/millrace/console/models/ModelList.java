package dev.millrace.console.models;

import java.util.List;

/**
 * The models that a reader looks for.
 *
 * @param query the words that were asked for
 * @param type the modality that was asked for; empty for all
 * @param kinds how many there are of each, the words heeded, the modality not
 * @param shown how many are shown
 */
public record ModelList(String query, String type, List<Kind> kinds, List<Section> sections, int shown) {
    /** A modality to choose. */
    public record Kind(String type, String name, long count, String link) {}

    /** The models of one modality, those of a family beside each other. */
    public record Section(String kind, String type, List<ModelCard> models) {}
}
