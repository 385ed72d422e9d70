package dev.millrace.api.apiframe;

import java.util.Base64;

/** The smallest picture there is. */
final class Pictures {
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEANl9ngAAAAABJRU5ErkJggg==";

    private Pictures() {}

    static byte[] png() {
        return Base64.getDecoder().decode(PIXEL);
    }
}
