package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of promises names every promise, says truthfully how far it is kept, and names tests that exist. */
class PromisesTest {
    private static final Path PAGE = Path.of("docs/promises.md");
    private static final Pattern ROW =
            Pattern.compile("\\| ([HAPB]\\d+) \\| (.*?) \\| (.*?) \\| (.*?) ?\\| (.*?) ?\\|");

    /** One row: its id, how far the promise is kept, and the tests that show it. */
    private record Promise(String id, String kept, List<Shown> tests) {}

    @Test
    void every_promise_has_its_row_in_order() throws IOException {
        List<String> expected = Stream.of(ids("H", 11), ids("A", 19), ids("P", 14), ids("B", 12))
                .flatMap(ids -> ids)
                .toList();
        assertThat(promises().stream().map(Promise::id)).isEqualTo(expected);
    }

    @Test
    void a_promise_is_as_far_kept_as_tests_show() throws IOException {
        for (Promise promise : promises()) {
            switch (promise.kept()) {
                case "kept", "partly" ->
                    assertThat(promise.tests())
                            .as(promise.id() + " names no test")
                            .isNotEmpty();
                default -> {
                    assertThat(promise.kept()).as(promise.id()).isEqualTo("not yet");
                    assertThat(promise.tests())
                            .as(promise.id() + " names a test")
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void every_test_that_is_named_exists() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Promise promise : promises()) {
            for (Shown test : promise.tests()) {
                if (!test.exists()) {
                    missing.add(promise.id() + ": " + test);
                }
            }
        }
        assertThat(missing).as("tests that " + PAGE + " names and nobody wrote").isEmpty();
    }

    private static List<Promise> promises() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .flatMap(line -> promise(line).stream())
                .toList();
    }

    private static Optional<Promise> promise(String line) {
        return ROW.matcher(line)
                .results()
                .findFirst()
                .map(row -> new Promise(row.group(1), row.group(3), Shown.in(row.group(4))));
    }

    private static Stream<String> ids(String letter, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(number -> letter + number);
    }
}
