package dev.millrace.catalog;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One catalogue file that was read without a mistake. */
record CatalogFile(List<Entry> entries) {
    /** One model, and where it stands. */
    record Entry(Model model, String file, int line) {
        Complaint complaint(String field, String message) {
            return new Complaint(file, line, model.id() + ": " + field, message);
        }
    }

    /** Reads a file of the project, which its tests hold to the format. */
    static CatalogFile trusted(String name, byte[] content) {
        return entries(Expansion.of(YamlTree.read(name, content)));
    }

    /**
     * Reads a file that anybody wrote.
     *
     * @throws CatalogException with every mistake that was found
     */
    static CatalogFile strict(String name, byte[] content) {
        YamlTree tree = YamlTree.read(name, content);
        YamlTree full = Expansion.of(tree);
        List<Complaint> complaints = FileFormat.complaints(tree, full);
        if (!complaints.isEmpty()) {
            throw new CatalogException(complaints);
        }
        return entries(full);
    }

    private static CatalogFile entries(YamlTree tree) {
        if (!(tree.root().path("models") instanceof ArrayNode models)) {
            throw new CatalogException(new Complaint(tree.file(), 1, "", "the file must have a list \"models:\"."));
        }
        List<Entry> entries = new ArrayList<>();
        List<Complaint> complaints = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            String pointer = "/models/" + i;
            int line = tree.line(pointer);
            if (!(models.get(i) instanceof ObjectNode node)) {
                complaints.add(new Complaint(tree.file(), line, "models." + i, "must be a block of fields."));
                continue;
            }
            try {
                entries.add(new Entry(ModelReader.read(Block.model(tree, pointer, node)), tree.file(), line));
            } catch (CatalogException e) {
                complaints.addAll(e.complaints());
            }
        }
        if (!complaints.isEmpty()) {
            throw new CatalogException(complaints);
        }
        return new CatalogFile(entries);
    }
}
