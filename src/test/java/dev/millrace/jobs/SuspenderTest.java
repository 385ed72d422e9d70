package dev.millrace.jobs;

import static dev.millrace.testkit.TestingMediaProvider.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.access.Access;
import dev.millrace.access.AccessSettings;
import dev.millrace.access.Suspendable;
import dev.millrace.access.Suspensions;
import dev.millrace.id.JobId;
import dev.millrace.id.KeyId;
import dev.millrace.lease.Workers;
import dev.millrace.meter.Unit;
import dev.millrace.meter.Units;
import dev.millrace.money.Money;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.FinishReason;
import dev.millrace.provider.ToolPiece;
import dev.millrace.relay.Relay;
import dev.millrace.relay.RelayOutcome;
import dev.millrace.relay.RelaySink;
import dev.millrace.testkit.Await;
import dev.millrace.testkit.OnBothDatabases;
import dev.millrace.testkit.TestDatabase;
import dev.millrace.testkit.TestingMediaProvider;
import dev.millrace.testkit.TestingRooms;
import dev.millrace.testkit.TestingTextProvider;
import dev.millrace.trail.Actor;
import dev.millrace.trail.Trail;
import dev.millrace.trail.TrailFilter;
import dev.millrace.trail.TrailLine;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows from a suspension: for jobs that wait, for jobs that run, and for live answers. */
class SuspenderTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final JobOptions OPTIONS = new JobOptions("tests", URI.create("http://localhost"), null, null, null);

    private final TestingMediaProvider one = new TestingMediaProvider("one");

    /** Suspends in the rooms, with the workers that do what follows. */
    private static final class Desk implements AutoCloseable {
        private final TestingRooms rooms;
        private final Suspender suspender;
        private final Trail trail;
        private final Workers workers;

        Desk(TestingRooms rooms, Jobs jobs) {
            this.rooms = rooms;
            Access access = new Access(rooms.db.database(), rooms.ids, AccessSettings.DEFAULTS);
            this.trail = new Trail(rooms.ids);
            this.suspender = new Suspender(
                    new Suspensions(rooms.db.database(), access, AccessSettings.DEFAULTS), rooms.dueWork, trail);
            this.workers = suspender.workers(rooms.db.database(), access, jobs, "suspender", new SimpleMeterRegistry());
            workers.start();
        }

        boolean suspend(Suspendable who) {
            return rooms.db
                    .writer()
                    .<Boolean>write(
                            "s",
                            tx -> suspender.suspend(tx, Actor.commandLine(), rooms.organization, who, "unpaid", true));
        }

        boolean resume(Suspendable who) {
            return rooms.db
                    .writer()
                    .<Boolean>write(
                            "s", tx -> suspender.resume(tx, Actor.commandLine(), rooms.organization, who, true));
        }

        @Override
        public void close() {
            workers.close();
        }
    }

    @OnBothDatabases
    void queued_jobs_are_canceled_and_released_and_running_ones_finish_and_are_charged(TestDatabase db)
            throws Exception {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.node(one);
            JobId first = jobs.accept(rooms.image("a"), OPTIONS).job().id();
            one.poll = (call, id) -> running(10);
            jobs.start();
            Await.until("it runs", () -> state(rooms, jobs, first) == JobState.RUNNING);
            jobs.close();
            Jobs waiting = rooms.node(one);
            List<JobId> queued = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                queued.add(waiting.accept(rooms.image("b"), OPTIONS).job().id());
            }
            try (Desk desk = new Desk(rooms, waiting)) {
                var who = new Suspendable.OfOrganization(rooms.organization);
                assertThat(desk.suspend(who)).isTrue();
                Await.until(
                        "all that waited are canceled",
                        () -> queued.stream().allMatch(id -> state(rooms, waiting, id) == JobState.CANCELED));
                one.poll = (call, id) -> TestingMediaProvider.picture();
                waiting.start();
                assertThat(waiting.await(rooms.organization, first, SOON).state())
                        .isEqualTo(JobState.COMPLETED);
                assertThat(rooms.balance().held()).isEqualTo(Money.ZERO);
                assertThat(rooms.spent())
                        .isEqualTo(waiting.find(rooms.organization, first)
                                .orElseThrow()
                                .charge());
                assertThat(desk.resume(who)).isTrue();
                List<TrailLine> lines = db.database()
                        .read(tx -> desk.trail.list(tx, TrailFilter.of(rooms.organization), null, 10))
                        .lines();
                assertThat(lines)
                        .extracting(TrailLine::action)
                        .containsExactly("organization.resume", "organization.suspend");
            }
        }
    }

    @OnBothDatabases
    void a_suspended_key_loses_its_own_waiting_jobs_and_no_others(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db)) {
            Jobs jobs = rooms.node(one);
            JobId mine = jobs.accept(rooms.image("a"), OPTIONS).job().id();
            try (Desk desk = new Desk(rooms, jobs)) {
                desk.suspend(new Suspendable.OfKey(rooms.ids.key()));
                assertThat(state(rooms, jobs, mine)).isEqualTo(JobState.QUEUED);
                KeyId key = rooms.principal.key();
                desk.suspend(new Suspendable.OfKey(key));
                Await.until("its job is canceled", () -> state(rooms, jobs, mine) == JobState.CANCELED);
                assertThat(rooms.balance().available()).isEqualTo(TestingRooms.START);
            }
        }
    }

    @OnBothDatabases
    void a_live_answer_ends_in_good_order_and_is_charged_by_what_came(TestDatabase db) {
        try (TestingRooms rooms = new TestingRooms(db);
                Desk desk = new Desk(rooms, rooms.node(one))) {
            rooms.stops = desk.suspender.suspensions()::stops;
            var who = new Suspendable.OfKey(rooms.principal.key());
            var upstream = new TestingTextProvider("one", (call, sink) -> {
                for (int i = 0; i < 100 && sink.wanted(); i++) {
                    sink.text("piece ");
                    if (i == 2) {
                        desk.suspend(who);
                    }
                }
                if (sink.wanted()) {
                    sink.usage(Units.of(Unit.OUTPUT_TOKEN, 100));
                    sink.end(FinishReason.STOP);
                }
            });
            Relay relay = rooms.relay(upstream);
            Told told = new Told();
            RelayOutcome outcome = relay.run(rooms.text("hello"), told);
            assertThat(told.pieces).isEqualTo(3);
            assertThat(outcome.ending()).isEqualTo(RelayOutcome.Ending.BROKEN);
            assertThat(told.problem).isNotNull();
            assertThat(told.problem.code()).isEqualTo(ProblemCode.FORBIDDEN);
            assertThat(told.problem.facts()).containsEntry("reason", "suspended");
            assertThat(outcome.used().get(Unit.OUTPUT_TOKEN)).isEqualTo(3);
            assertThat(rooms.spent()).isEqualTo(outcome.charge());
            assertThat(rooms.balance().held()).isEqualTo(Money.ZERO);
            ProblemException refused =
                    catchThrowableOfType(ProblemException.class, () -> relay.run(rooms.text("hello"), new Told()));
            assertThat(refused.problem().code()).isEqualTo(ProblemCode.FORBIDDEN);
            assertThat(rooms.spent()).as("nothing came, nothing is charged").isEqualTo(outcome.charge());
        }
    }

    private static JobState state(TestingRooms rooms, Jobs jobs, JobId id) {
        return jobs.find(rooms.organization, id).orElseThrow().state();
    }

    /** A client that counts what it is told. */
    private static final class Told implements RelaySink {
        private int pieces;
        private @Nullable Problem problem;

        @Override
        public void text(String piece) {
            pieces++;
        }

        @Override
        public void tool(ToolPiece piece) {
            pieces++;
        }

        @Override
        public void end(RelayOutcome outcome) {
            throw new AssertionError("it was to be stopped");
        }

        @Override
        public void broken(Problem why, RelayOutcome outcome) {
            problem = why;
        }

        @Override
        public boolean wanted() {
            return true;
        }
    }
}
