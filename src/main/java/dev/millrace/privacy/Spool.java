package dev.millrace.privacy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for one archive's rows between the snapshot that they are read from and the client that takes them: so a slow client holds no
 * snapshot open, and nothing has to fit in memory. It goes when it is closed.
 */
final class Spool implements AutoCloseable {
    private static final String PREFIX = "export-";

    private final Path folder;
    private final List<Part> parts = new ArrayList<>();

    /** One file of the archive to be. */
    record Part(String name, Path file, long rows) {}

    /** Takes one line. */
    @FunctionalInterface
    interface Lines {
        void add(String line);
    }

    /** Writes lines, and says how many. */
    @FunctionalInterface
    interface Source {
        void write(Lines lines);
    }

    private Spool(Path folder) {
        this.folder = folder;
    }

    /** A fresh folder within that one, which nobody else may read. */
    static Spool in(Path parent) throws IOException {
        Files.createDirectories(parent);
        return new Spool(Files.createTempDirectory(parent, PREFIX));
    }

    /** Removes what a crash left behind; for when nothing is being written. */
    static void sweep(Path parent) {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (Stream<Path> left = Files.list(parent)) {
            left.filter(folder -> String.valueOf(folder.getFileName()).startsWith(PREFIX))
                    .forEach(Spool::remove);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes one file; one without a line is left out. */
    void write(String name, String head, Source source) {
        Path file = folder.resolve(String.valueOf(parts.size()));
        long[] rows = {0};
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(head);
            source.write(line -> {
                try {
                    out.write(line);
                    rows[0]++;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (rows[0] > 0) {
            parts.add(new Part(name, file, rows[0]));
        }
    }

    List<Part> parts() {
        return parts;
    }

    @Override
    public void close() {
        remove(folder);
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
