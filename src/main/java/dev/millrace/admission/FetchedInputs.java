package dev.millrace.admission;

import dev.millrace.assets.Assets;
import dev.millrace.assets.StoredFile;
import dev.millrace.provider.MediaInput;
import java.util.List;

/** The files of one request, on this machine until this is closed. */
public final class FetchedInputs implements AutoCloseable {
    private final Assets assets;
    private final List<StoredFile> copies;
    private final List<MediaInput> inputs;

    /** @param copies what was made for this request alone and goes with it */
    FetchedInputs(Assets assets, List<StoredFile> copies, List<MediaInput> inputs) {
        this.assets = assets;
        this.copies = List.copyOf(copies);
        this.inputs = List.copyOf(inputs);
    }

    /** In the order of the parameters. */
    public List<MediaInput> inputs() {
        return inputs;
    }

    @Override
    public void close() {
        copies.forEach(assets::discard);
    }
}
