package dev.millrace.catalog;

import dev.millrace.meter.Modality;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The models that this installation offers: the bundled files, and those of the operator's directory over them. */
public final class Catalog implements AutoCloseable {
    private Catalog() {}

    /** The bundled files alone. */
    public static Catalog bundled() {
        throw new IllegalStateException("not yet");
    }

    /** The model that has exactly this id or alias. */
    public Optional<Model> find(String idOrAlias) {
        throw new IllegalStateException("not yet");
    }

    /** Every model, in the order of the ids. */
    public List<Model> all() {
        throw new IllegalStateException("not yet");
    }

    /** The models of a modality whose id, title or description has every word of the query, in the order of the ids. */
    public List<Model> search(@Nullable Modality modality, @Nullable String query, int limit) {
        throw new IllegalStateException("not yet");
    }

    /** Up to three ids that may have been meant by one that is none. */
    public List<String> suggestions(String unknownId) {
        throw new IllegalStateException("not yet");
    }

    @Override
    public void close() {}
}
