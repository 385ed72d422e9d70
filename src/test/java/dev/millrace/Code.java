package dev.millrace;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The compiled main code: every class whose source stands under {@code src/main/java}, wherever it was compiled to. */
final class Code {
    private static final List<JavaClass> CLASSES = read();
    private static final List<JavaClass> IN_ROOMS =
            CLASSES.stream().filter(Code::hasRoom).toList();

    private Code() {}

    /** The classes that live in a room. */
    static List<JavaClass> classes() {
        return IN_ROOMS;
    }

    /** The names of the classes that live in none. */
    static List<String> homeless() {
        return CLASSES.stream()
                .filter(type -> !hasRoom(type))
                .map(JavaClass::getName)
                .toList();
    }

    static boolean hasRoom(JavaClass type) {
        String packageName = type.getPackageName();
        return packageName.startsWith(House.ROOT + ".")
                && House.room(packageName).isPresent();
    }

    static String room(JavaClass type) {
        return House.room(type.getPackageName()).orElseThrow();
    }

    /** The class that gives the file its name: nested classes follow the rules of the class around them. */
    static JavaClass topLevel(JavaClass type) {
        JavaClass top = type;
        while (top.getEnclosingClass().isPresent()) {
            top = top.getEnclosingClass().get();
        }
        return top;
    }

    private static List<JavaClass> read() {
        // Archives are left out: the house is imported from its folder, and a packaged copy beside it would count
        // twice.
        var all = new ClassFileImporter()
                .withImportOption((Location location) -> !location.isArchive())
                .importPackages(House.ROOT);
        return StreamSupport.stream(all.spliterator(), false)
                .filter(type -> Files.exists(source(topLevel(type))))
                .toList();
    }

    private static Path source(JavaClass type) {
        return SourceTree.MAIN.resolve(type.getName().replace('.', '/') + ".java");
    }
}
