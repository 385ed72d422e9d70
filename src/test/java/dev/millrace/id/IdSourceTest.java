package dev.millrace.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdSourceTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.000250Z");
    private static final Comparator<UUID> AS_TEXT = Comparator.comparing(UUID::toString);

    @Test
    void an_id_is_of_version_7_and_tells_its_millisecond() {
        UUID id = new IdSource(InstantSource.fixed(NOON), new Random(1)).uuid();
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli());
        assertThat(id.getMostSignificantBits() & 0xFFF).isEqualTo(1024);
    }

    @Test
    void ids_sort_in_the_order_in_which_they_were_made_also_where_the_clock_stands() {
        IdSource ids = new IdSource(InstantSource.fixed(NOON), new Random(2));
        List<UUID> made = Stream.generate(ids::uuid).limit(10_000).toList();
        assertThat(made).isSortedAccordingTo(AS_TEXT).doesNotHaveDuplicates();
    }

    @Test
    void a_clock_that_goes_back_does_not_turn_the_order() {
        AtomicReference<Instant> now = new AtomicReference<>(NOON);
        IdSource ids = new IdSource(now::get, new Random(3));
        UUID before = ids.uuid();
        now.set(NOON.minusSeconds(5));
        assertThat(AS_TEXT.compare(before, ids.uuid())).isNegative();
    }

    @Test
    void many_at_once_get_different_ids() {
        IdSource ids = new IdSource(InstantSource.fixed(NOON), new Random(4));
        Set<UUID> made = ConcurrentHashMap.newKeySet();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                threads.submit(() -> made.add(ids.uuid()));
            }
        }
        assertThat(made).hasSize(1_000);
    }
}
