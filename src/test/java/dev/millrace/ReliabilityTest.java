package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of failures has a row for each, and names tests that exist. */
class ReliabilityTest {
    private static final Path PAGE = Path.of("docs/reliability.md");

    private static Stream<String> ids() {
        return Stream.of(
                        IntStream.rangeClosed(0, 10).mapToObj(number -> "K" + number),
                        Stream.of("F1", "F2", "F12"),
                        IntStream.rangeClosed(1, 4).mapToObj(number -> "W" + number),
                        Stream.of("L4"))
                .flatMap(ids -> ids);
    }

    private static Optional<String> row(String id) {
        try {
            return Files.readAllLines(PAGE).stream()
                    .filter(line -> line.startsWith("| " + id + " |"))
                    .findFirst();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void every_failure_has_a_row_with_a_test() {
        assertThat(ids())
                .allSatisfy(id -> assertThat(row(id).map(Shown::in).orElse(List.of()))
                        .as(id)
                        .isNotEmpty());
    }

    @Test
    void every_test_that_is_named_exists() throws IOException {
        List<Shown> missing = new ArrayList<>();
        for (Shown test : Shown.in(Files.readString(PAGE))) {
            if (!test.exists()) {
                missing.add(test);
            }
        }
        assertThat(missing).as("tests that " + PAGE + " names and nobody wrote").isEmpty();
    }
}
