package dev.millrace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The source files as they are written: what a compiled class no longer tells. */
final class SourceTree {
    static final Path MAIN = Path.of("src/main/java");
    static final List<Path> TESTS = List.of(Path.of("src/test/java"), Path.of("bench/java"));

    private SourceTree() {}

    /** One Java source file. */
    record Source(Path path, List<String> lines) {
        String name() {
            return path.getFileName().toString().replace(".java", "");
        }

        Path folder() {
            return path.getParent();
        }

        /** Every line that has the text, as {@code file:line: the line}. */
        List<String> linesWith(String text) {
            List<String> found = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains(text)) {
                    found.add(path + ":" + (i + 1) + ": " + lines.get(i).strip());
                }
            }
            return found;
        }
    }

    static List<Source> main() {
        return under(MAIN);
    }

    static List<Source> tests() {
        return TESTS.stream().flatMap(folder -> under(folder).stream()).toList();
    }

    private static List<Source> under(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(".java"))
                    .sorted()
                    .map(SourceTree::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source read(Path path) {
        try {
            return new Source(path, Files.readAllLines(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
