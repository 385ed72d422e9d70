package dev.millrace.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.webhooks.HostPlaces.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HostPlacesTest {
    private final AtomicLong now = new AtomicLong();
    private final HostPlaces places = new HostPlaces(2, now::get);

    @Test
    void a_host_has_so_many_places_and_others_have_their_own() {
        Place.Taken first = taken("a");
        taken("a");
        assertThat(places.take("a")).isInstanceOf(Place.Full.class);
        taken("b");
        first.leave().run();
        first.leave().run();
        taken("a");
        assertThat(places.take("a")).as("a place is given back once").isInstanceOf(Place.Full.class);
    }

    @Test
    void who_is_put_off_comes_later_than_who_was_before_and_never_too_late() {
        taken("a");
        taken("a");
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            waits.add(((Place.Full) places.take("a")).comeBack());
        }
        assertThat(waits).isSorted();
        assertThat(waits.getFirst()).isPositive();
        assertThat(waits.getLast()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void a_host_that_is_done_with_is_forgotten() {
        Place.Taken only = taken("a");
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        only.leave().run();
        assertThat(places.hosts()).isZero();
    }

    private Place.Taken taken(String host) {
        return (Place.Taken) places.take(host);
    }
}
