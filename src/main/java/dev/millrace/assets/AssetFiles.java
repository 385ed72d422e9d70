package dev.millrace.assets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where the bytes lie: a local folder now; an object store can follow, with a folder as its cache.
 *
 * <p>A file that was written is unclaimed until {@link #claimed} is called, so that the sweep finds what a crash left
 * behind without walking through everything that is stored.
 */
public interface AssetFiles {
    /**
     * Copies a stream into a fresh file, which is whole and safe from a power cut when this returns.
     *
     * @throws dev.millrace.problem.ProblemException {@code PAYLOAD_TOO_LARGE} above {@code maxBytes}, {@code UNAVAILABLE} when there
     *     is no room for it or the disk fails; nothing is left behind
     * @throws IOException when the stream breaks; nothing is left behind
     */
    StoredFile write(InputStream bytes, long maxBytes) throws IOException;

    /** The file at a location, to read. */
    Path path(String location);

    /** A row names the file from now on. */
    void claimed(String location);

    /** Removes a file; does nothing when it is not there. */
    void remove(String location);

    /** Whether more than so many bytes are free. */
    boolean hasRoom(long bytes);

    /** How many parts {@link #part} knows. */
    int parts();

    /** All files of one part of the store that were written longer ago than {@code age}, so that a sweep can go through all of it. */
    List<String> part(int number, Duration age);

    /** Up to {@code max} files that were written longer ago than {@code age} and never claimed. */
    List<String> unclaimed(Duration age, int max);
}
