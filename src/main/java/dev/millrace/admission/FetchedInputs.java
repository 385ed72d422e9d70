package dev.millrace.admission;

import dev.millrace.assets.Assets;
import dev.millrace.assets.StoredFile;
import dev.millrace.provider.MediaInput;
import java.util.List;

/** The files of one request, on this machine until this is closed. */
public final class FetchedInputs implements AutoCloseable {
    private final Assets assets;
    private final List<Copy> copies;
    private final List<MediaInput> inputs;
    private volatile boolean kept;

    /** @param copies what was made for this request alone and goes with it, unless it is kept */
    FetchedInputs(Assets assets, List<Copy> copies, List<MediaInput> inputs) {
        this.assets = assets;
        this.copies = List.copyOf(copies);
        this.inputs = List.copyOf(inputs);
    }

    /**
     * A file that was made for this request.
     *
     * @param field the parameter that named it
     * @param fetched whether it came from elsewhere, and may not be had there again
     */
    public record Copy(String field, StoredFile file, boolean fetched) {}

    /** In the order of the parameters. */
    public List<MediaInput> inputs() {
        return inputs;
    }

    /** What was fetched from elsewhere, and has no row yet. */
    public List<Copy> fetched() {
        return kept ? List.of() : copies.stream().filter(Copy::fetched).toList();
    }

    /** What was fetched has rows now: closing this leaves it. */
    public void kept() {
        kept = true;
    }

    @Override
    public void close() {
        copies.stream().filter(copy -> !(kept && copy.fetched())).forEach(copy -> assets.discard(copy.file()));
    }
}
