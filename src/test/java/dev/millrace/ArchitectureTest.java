package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rooms stand on levels, every import goes strictly down, and each library has its room. */
class ArchitectureTest {
    @Test
    void every_package_has_a_room() {
        assertThat(Code.homeless())
                .as("classes in no room: give their package a level in House.LEVELS; there are " + House.rooms())
                .isEmpty();
        assertThat(Code.classes()).as("classes in rooms").isNotEmpty();
    }

    @Test
    void every_import_goes_strictly_down() {
        assertThat(edges().filter(edge -> !edge.from().equals(edge.to()))
                        .filter(edge -> House.level(edge.from()) <= House.level(edge.to()))
                        .map(edge ->
                                "%s (level %d) must not import %s (level %d): %s. Move the shared part down, or hand it in from app."
                                        .formatted(
                                                edge.from(),
                                                House.level(edge.from()),
                                                edge.to(),
                                                House.level(edge.to()),
                                                edge.where()))
                        .distinct())
                .as("imports that do not go down a level")
                .isEmpty();
    }

    @Test
    void an_adapter_is_imported_by_app_alone() {
        assertThat(edges().filter(edge -> House.isAdapter(edge.to()))
                        .filter(edge ->
                                !edge.from().equals("app") && !edge.from().equals(edge.to()))
                        .map(edge -> "%s must not know %s: app hands adapters to routing as provider.Provider: %s"
                                .formatted(edge.from(), edge.to(), edge.where())))
                .as("imports of an adapter outside app")
                .isEmpty();
    }

    @Test
    void every_library_stays_in_its_room() {
        assertThat(dependencies()
                        .filter(dependency -> !mayName(
                                Code.room(dependency.getOriginClass()),
                                dependency.getTargetClass().getName()))
                        .map(dependency -> "%s names %s, which belongs to %s: %s"
                                .formatted(
                                        Code.room(dependency.getOriginClass()),
                                        dependency.getTargetClass().getName(),
                                        owners(dependency.getTargetClass().getName()),
                                        where(dependency)))
                        .distinct())
                .as("libraries outside their room")
                .isEmpty();
    }

    @Test
    void sql_is_spoken_in_db_and_in_stores_alone() {
        assertThat(dependencies()
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith("java.sql"))
                        .filter(dependency ->
                                !Code.room(dependency.getOriginClass()).equals("db"))
                        .filter(dependency -> !Code.topLevel(dependency.getOriginClass())
                                .getSimpleName()
                                .endsWith("Store"))
                        .map(ArchitectureTest::where))
                .as("java.sql outside db and the stores")
                .isEmpty();
    }

    private record Edge(String from, String to, String where) {}

    private static Stream<Edge> edges() {
        return dependencies()
                .filter(dependency -> Code.hasRoom(dependency.getTargetClass()))
                .map(dependency -> new Edge(
                        Code.room(dependency.getOriginClass()),
                        Code.room(dependency.getTargetClass()),
                        where(dependency)));
    }

    private static Stream<Dependency> dependencies() {
        return Code.classes().stream()
                .map(JavaClass::getDirectDependenciesFromSelf)
                .flatMap(Set::stream);
    }

    private static boolean mayName(String room, String className) {
        return owners(className).stream().allMatch(rooms -> rooms.contains(room));
    }

    private static List<Set<String>> owners(String className) {
        return House.LIBRARIES.entrySet().stream()
                .filter(entry -> className.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static String where(Dependency dependency) {
        return dependency.getOriginClass().getName() + " → "
                + dependency.getTargetClass().getName() + " ("
                + Code.topLevel(dependency.getOriginClass()).getSimpleName()
                + ".java"
                + (dependency.getSourceCodeLocation().getLineNumber() > 0
                        ? ":" + dependency.getSourceCodeLocation().getLineNumber()
                        : "")
                + ")";
    }
}
