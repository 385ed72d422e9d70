package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Time, ids and chance come by constructor; money moves through billing; nothing but app talks to the terminal. */
class BannedCallsTest {
    private static final String WIRING = "dev.millrace.app.Wiring";
    private static final String METRICS = "io.micrometer.core.instrument.";

    /** Class → the one banned call that it may make, for the reason beside it. */
    private static final Map<String, String> EXEMPT = Map.of(
            // how long two contending transactions step aside: nobody can see it, and no test depends on it
            "dev.millrace.db.BatchRunner", "java.util.concurrent.ThreadLocalRandom.current");

    /** Call → why not. Only {@code app.Wiring} may make them, to hand the result to a constructor. */
    private static final Map<String, String> BANNED = Map.ofEntries(
            Map.entry("java.lang.System.currentTimeMillis", "take an InstantSource by constructor"),
            Map.entry("java.time.Instant.now", "take an InstantSource by constructor"),
            Map.entry("java.time.LocalDate.now", "take an InstantSource by constructor"),
            Map.entry("java.time.LocalDateTime.now", "take an InstantSource by constructor"),
            Map.entry("java.time.OffsetDateTime.now", "take an InstantSource by constructor"),
            Map.entry("java.time.ZonedDateTime.now", "take an InstantSource by constructor"),
            Map.entry("java.time.YearMonth.now", "take an InstantSource by constructor"),
            Map.entry("java.time.Clock.system", "take an InstantSource by constructor"),
            Map.entry("java.time.Clock.systemUTC", "take an InstantSource by constructor"),
            Map.entry("java.time.Clock.systemDefaultZone", "take an InstantSource by constructor"),
            Map.entry("java.time.InstantSource.system", "take an InstantSource by constructor"),
            Map.entry("java.util.UUID.randomUUID", "take an IdSource by constructor"),
            Map.entry("java.lang.Math.random", "take a RandomGenerator by constructor"),
            Map.entry("java.util.concurrent.ThreadLocalRandom.current", "take a RandomGenerator by constructor"),
            Map.entry("java.util.Random.<init>", "take a RandomGenerator by constructor"),
            Map.entry("java.lang.Thread.sleep", "wait on a signal, with a limit"),
            Map.entry("java.util.concurrent.TimeUnit.sleep", "wait on a signal, with a limit"));

    /** What the wallet lets anyone do; everything else that it does moves money. */
    private static final Set<String> WALLET_READS = Set.of(
            "<init>",
            "balance",
            "find",
            "transfers",
            "statement",
            "platform",
            "grants",
            "creditLine",
            "lines",
            "reserves");

    @Test
    void time_ids_and_chance_are_handed_in() {
        assertThat(accesses()
                        .filter(access -> BANNED.containsKey(name(access.getTarget())))
                        .filter(access -> !access.getOriginOwner().getName().equals(WIRING))
                        .filter(access -> !name(access.getTarget())
                                .equals(EXEMPT.get(access.getOriginOwner().getName())))
                        .map(access -> where(access) + " calls " + name(access.getTarget()) + ": "
                                + BANNED.get(name(access.getTarget()))))
                .as("calls that take time, ids or chance from the air, or sleep")
                .isEmpty();
    }

    @Test
    void no_gauge_reads_what_a_collection_may_take_from_it() {
        Set<String> weak = Set.of("gauge", "gaugeCollectionSize", "gaugeMapSize", "more");
        assertThat(accesses()
                        .filter(access -> weak.contains(access.getTarget().getName())
                                        && access.getTargetOwner().getName().equals(METRICS + "MeterRegistry")
                                || name(access.getTarget()).equals(METRICS + "Gauge.builder") && overObject(access))
                        .map(access -> where(access) + " calls " + name(access.getTarget())
                                + ": that keeps its object weakly, and shows NaN once nothing else keeps it;"
                                + " use Gauge.builder(name, supplier)"))
                .as("gauges that can go blind")
                .isEmpty();
    }

    private static boolean overObject(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget called
                && called.getRawParameterTypes().size() > 2;
    }

    @Test
    void only_billing_moves_money() {
        assertThat(accesses()
                        .filter(access -> access.getTargetOwner().getName().equals("dev.millrace.wallet.Wallet"))
                        .filter(access -> !Set.of("wallet", "billing").contains(Code.room(access.getOriginOwner())))
                        .filter(access ->
                                !WALLET_READS.contains(access.getTarget().getName()))
                        .map(access -> where(access) + " calls " + name(access.getTarget()) + ": go through billing"))
                .as("money moved past billing")
                .isEmpty();
    }

    @Test
    void only_app_uses_the_terminal_and_ends_the_process() {
        Predicate<JavaAccess<?>> terminal = access -> Set.of(
                                "java.lang.System.out",
                                "java.lang.System.err",
                                "java.lang.System.exit",
                                "java.lang.Runtime.exit",
                                "java.lang.Runtime.halt")
                        .contains(name(access.getTarget()))
                || access.getTarget().getName().equals("printStackTrace");
        assertThat(accesses()
                        .filter(terminal)
                        .filter(access -> !Code.room(access.getOriginOwner()).equals("app"))
                        .map(access ->
                                where(access) + " uses " + name(access.getTarget()) + ": log it, or return it to app"))
                .as("the terminal outside app")
                .isEmpty();
    }

    @Test
    void money_is_never_a_floating_point_number() {
        List<String> rooms = List.of("money", "wallet", "billing");
        Set<String> floating = Set.of("double", "float", "java.lang.Double", "java.lang.Float");
        assertThat(Code.classes().stream()
                        .filter(type -> rooms.contains(Code.room(type)))
                        .flatMap(BannedCallsTest::typesOfMembers)
                        .filter(member -> floating.contains(member.type()))
                        .map(member -> member.name() + " is a " + member.type() + ": use Money or a whole number"))
                .as("floating point where money is")
                .isEmpty();
    }

    private record Member(String name, String type) {}

    private static Stream<Member> typesOfMembers(JavaClass type) {
        Stream<Member> fields = type.getFields().stream()
                .map(field -> new Member(field.getFullName(), field.getRawType().getName()));
        Stream<Member> methods = type.getCodeUnits().stream()
                .flatMap(unit -> Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream())
                        .map(used -> new Member(unit.getFullName(), used.getName())));
        return Stream.concat(fields, methods);
    }

    private static Stream<JavaAccess<?>> accesses() {
        return Code.classes().stream()
                .flatMap(type -> Stream.concat(
                        type.getAccessesFromSelf().stream(),
                        Stream.concat(
                                type.getMethodReferencesFromSelf().stream(),
                                type.getConstructorReferencesFromSelf().stream())))
                .distinct();
    }

    private static String name(AccessTarget target) {
        return target.getOwner().getName() + "." + target.getName();
    }

    private static String where(JavaAccess<?> access) {
        return Code.topLevel(access.getOriginOwner()).getName() + ":" + access.getLineNumber();
    }
}
