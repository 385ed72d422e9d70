package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests wait on signals, run always, and use real parts. */
class TestStyleTest {
    private static final Map<String, String> BANNED = Map.of(
            "Thread.sleep(", "wait on a signal: a future, a latch, or the test kit's Await",
            "TimeUnit.SECONDS.sleep(", "wait on a signal: a future, a latch, or the test kit's Await",
            "TimeUnit.MILLISECONDS.sleep(", "wait on a signal: a future, a latch, or the test kit's Await",
            "@Disabled", "a skipped test counts as a failed one: repair it or delete it",
            "Assumptions.", "a skipped test counts as a failed one: make what it needs, or choose at a higher level",
            "assumeThat(", "a skipped test counts as a failed one: make what it needs, or choose at a higher level",
            "org.mockito", "use real parts, or a hand-written fake");

    @Test
    void tests_neither_sleep_nor_skip_nor_mock() {
        List<String> found = SourceTree.tests().stream()
                .filter(source -> !source.path().startsWith("bench")) // a benchmark may keep a pace
                .filter(source -> !source.name().equals("TestStyleTest"))
                .flatMap(source -> BANNED.entrySet().stream()
                        .flatMap(ban ->
                                source.linesWith(ban.getKey()).stream().map(line -> line + " ← " + ban.getValue())))
                .toList();
        assertThat(found).as("what tests must not do").isEmpty();
    }
}
