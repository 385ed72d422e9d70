package dev.millrace.jobs;

import static dev.millrace.testkit.TestingMediaProvider.nothing;
import static dev.millrace.testkit.TestingMediaProvider.running;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.id.JobId;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.testkit.TestingRooms;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A watch goes on behind the event that its client saw last: no state is left out, nothing is told twice. */
class JobWatchTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final JobOptions OPTIONS = JobOptions.of("tests", URI.create("http://localhost"));

    private final TestingMediaProvider one = new TestingMediaProvider("one");

    private static List<JobEvent> rest(TestingRooms rooms, Jobs jobs, JobId id, @Nullable String behind)
            throws InterruptedException {
        List<JobEvent> events = new ArrayList<>();
        try (JobWatch watch = jobs.watch(rooms.organization, id, behind)) {
            while (!watch.ended()) {
                watch.next(SOON).ifPresent(events::add);
            }
        }
        return events;
    }

    private static JobEvent next(TestingRooms rooms, Jobs jobs, JobId id, @Nullable String behind)
            throws InterruptedException {
        try (JobWatch watch = jobs.watch(rooms.organization, id, behind)) {
            return watch.next(SOON).orElseThrow();
        }
    }

    @OnBothDatabases
    void a_watch_that_broke_off_goes_on_where_it_was(TestDatabase db) throws Exception {
        AtomicInteger percent = new AtomicInteger(10);
        one.poll = (call, id) -> percent.get() < 100 ? running(percent.get()) : nothing();
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.node(one);
            JobId id = jobs.accept(rooms.image("x"), OPTIONS).job().id();
            JobEvent queued = next(rooms, jobs, id, null);
            assertThat(queued.id()).isEqualTo("0.0");
            try (JobWatch again = jobs.watch(rooms.organization, id, queued.id())) {
                assertThat(again.next(Duration.ofMillis(20)))
                        .as("nothing has changed")
                        .isEmpty();
            }
            jobs.start();
            Await.until(
                    "it has come to 10 %",
                    () -> jobs.find(rooms.organization, id).orElseThrow().progress() == 10);
            JobEvent began = next(rooms, jobs, id, queued.id());
            assertThat(began.kind()).isEqualTo(JobEvent.Kind.STATE);
            assertThat(began.id()).isEqualTo("1.10");
            percent.set(40);
            JobEvent further = next(rooms, jobs, id, began.id());
            assertThat(further.kind()).isEqualTo(JobEvent.Kind.PROGRESS);
            assertThat(further.job().progress()).isEqualTo(40);
            percent.set(100);
            assertThat(rest(rooms, jobs, id, further.id()))
                    .singleElement()
                    .satisfies(end -> assertThat(end.job().state()).isEqualTo(JobState.COMPLETED));
            assertThat(rest(rooms, jobs, id, "2.100")).as("the end was told").isEmpty();
        }
    }

    @OnBothDatabases
    void a_state_that_passed_while_nobody_looked_is_told_all_the_same(TestDatabase db) throws Exception {
        one.poll = (call, id) -> nothing();
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            JobId id = jobs.accept(rooms.image("x"), OPTIONS).job().id();
            jobs.await(rooms.organization, id, SOON);
            assertThat(rest(rooms, jobs, id, "0.3"))
                    .extracting(event -> event.job().state())
                    .containsExactly(JobState.RUNNING, JobState.COMPLETED);
            assertThat(rest(rooms, jobs, id, "0.3")).extracting(JobEvent::id).containsExactly("1.0", "2.100");
            assertThat(rest(rooms, jobs, id, "not one of ours"))
                    .extracting(event -> event.job().state())
                    .containsExactly(JobState.COMPLETED);
        }
    }

    @OnBothDatabases
    void what_was_learnt_of_a_models_pace_survives_a_restart(TestDatabase db) throws Exception {
        one.poll = (call, id) -> nothing();
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.running(one);
            assertThat(jobs.typicalDuration("test/image")).isEmpty();
            JobId id = jobs.accept(rooms.image("x"), OPTIONS).job().id();
            jobs.await(rooms.organization, id, SOON);
            Await.until(
                    "it has learnt", () -> jobs.typicalDuration("test/image").isPresent());
            rooms.stop();
            assertThat(rooms.running(one).typicalDuration("test/image")).isPresent();
        }
    }
}
