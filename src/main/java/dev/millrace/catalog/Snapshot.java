package dev.millrace.catalog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One consistent state of the catalogue.
 *
 * @param byId every model, in the order of the ids
 * @param byName every model by its id and its aliases
 */
record Snapshot(Map<String, Model> byId, Map<String, Model> byName) {
    /**
     * The models of all files; those of a later layer replace those of the same id in an earlier one.
     *
     * @throws CatalogException when one layer has an id twice, or two models claim one name
     */
    static Snapshot of(List<List<CatalogFile>> layers) {
        TreeMap<String, CatalogFile.Entry> entries = new TreeMap<>();
        List<Complaint> complaints = new ArrayList<>();
        for (List<CatalogFile> layer : layers) {
            Map<String, CatalogFile.Entry> own = new HashMap<>();
            for (CatalogFile file : layer) {
                for (CatalogFile.Entry entry : file.entries()) {
                    CatalogFile.Entry twin = own.put(entry.model().id(), entry);
                    if (twin != null) {
                        complaints.add(entry.complaint(
                                "id", "the same id stands in " + twin.file() + ":" + twin.line() + "."));
                    }
                }
            }
            entries.putAll(own);
        }
        Map<String, CatalogFile.Entry> named = new HashMap<>(entries);
        for (CatalogFile.Entry entry : entries.values()) {
            for (String alias : entry.model().aliases()) {
                CatalogFile.Entry twin = named.put(alias, entry);
                if (twin != null) {
                    complaints.add(entry.complaint(
                            "aliases",
                            "\"" + alias + "\" also means " + twin.model().id() + "."));
                }
            }
        }
        if (!complaints.isEmpty()) {
            throw new CatalogException(complaints);
        }
        return new Snapshot(models(entries, new TreeMap<>()), models(named, new HashMap<>()));
    }

    private static Map<String, Model> models(Map<String, CatalogFile.Entry> entries, Map<String, Model> target) {
        entries.forEach((name, entry) -> target.put(name, entry.model()));
        return Collections.unmodifiableMap(target);
    }
}
