package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import dev.millrace.SourceTree.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files are small, packages say what they own, names say what a thing is. */
class StyleTest {
    private static final int LINES_MAX = 400;
    private static final int LINES_OF_NINE_IN_TEN = 200;
    private static final int LINES_OF_HALF = 60;
    private static final List<String> NAMES_THAT_SAY_NOTHING = List.of("Util", "Helper", "Manager", "Common");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("^public ([a-z-]+ )*(class|record|interface|enum|@interface) ");
    private static final List<String> MARKERS = List.of("TODO", "FIXME", "XXX", "HACK");

    @Test
    void no_file_is_long() {
        assertThat(SourceTree.main().stream()
                        .filter(source -> source.lines().size() > LINES_MAX)
                        .map(source ->
                                source.path() + " has " + source.lines().size() + " lines: split it by what it does"))
                .as("files of more than " + LINES_MAX + " lines")
                .isEmpty();
    }

    @Test
    void most_files_are_small() {
        List<Integer> sizes = SourceTree.main().stream()
                .filter(source -> !source.name().equals("package-info"))
                .map(source -> source.lines().size())
                .sorted()
                .toList();
        assertThat(sizes.get(sizes.size() / 2))
                .as("lines of the median file: half of all are smaller")
                .isLessThanOrEqualTo(LINES_OF_HALF);
        assertThat(sizes.get(sizes.size() * 9 / 10))
                .as("lines of the file that nine in ten are smaller than")
                .isLessThanOrEqualTo(LINES_OF_NINE_IN_TEN);
    }

    @Test
    void no_method_is_long() {
        assertThat(MethodLengths.longerThan(60, SourceTree.main()))
                .as("methods of more than 60 lines")
                .isEmpty();
    }

    @Test
    void every_package_says_what_it_owns() {
        assertThat(SourceTree.main().stream()
                        .map(Source::folder)
                        .distinct()
                        .map(StyleTest::faultOfPackage)
                        .filter(fault -> !fault.isEmpty()))
                .as("packages without a package-info.java of 2 to 8 lines that is @NullMarked")
                .isEmpty();
    }

    @Test
    void every_public_type_is_defined() {
        assertThat(SourceTree.main().stream()
                        .map(StyleTest::publicTypeWithoutJavadoc)
                        .filter(fault -> !fault.isEmpty()))
                .as("public types whose Javadoc does not say what they are")
                .isEmpty();
    }

    @Test
    void no_name_is_empty_of_meaning() {
        assertThat(Stream.concat(SourceTree.main().stream(), SourceTree.tests().stream())
                        .filter(source -> source.name().endsWith("Impl")
                                || NAMES_THAT_SAY_NOTHING.stream().anyMatch(source.name()::contains))
                        .map(source -> source.path() + ": name it after what it is or does"))
                .as("classes named Util, Helper, Manager, Common or Impl")
                .isEmpty();
    }

    @Test
    void what_goes_over_the_wire_is_a_record() {
        assertThat(Code.classes().stream()
                        .filter(type -> Code.room(type).startsWith("api."))
                        .filter(type -> type.getSimpleName().endsWith("Body"))
                        .filter(type -> !type.isRecord() && !type.isInterface())
                        .map(JavaClass::getName))
                .as("wire forms that are not records")
                .isEmpty();
    }

    @Test
    void nothing_is_left_for_later() {
        assertThat(Stream.concat(SourceTree.main().stream(), SourceTree.tests().stream())
                        .filter(source -> !source.name().equals("StyleTest"))
                        .flatMap(source ->
                                MARKERS.stream().flatMap(marker -> source.linesWith("// " + marker).stream())))
                .as("markers in the code: open an issue, or do it")
                .isEmpty();
    }

    private static String publicTypeWithoutJavadoc(Source source) {
        List<String> lines = source.lines();
        int at = 0;
        while (at < lines.size() && !PUBLIC_TYPE.matcher(lines.get(at)).find()) {
            at++;
        }
        if (at == lines.size()) {
            return "";
        }
        int before = at - 1;
        while (before >= 0
                && (lines.get(before).startsWith("@")
                        || lines.get(before).startsWith(" ")
                                && !lines.get(before).endsWith("*/"))) {
            before--;
        }
        return before >= 0 && lines.get(before).endsWith("*/") ? "" : source.path() + ":" + (at + 1);
    }

    private static String faultOfPackage(Path folder) {
        Path file = folder.resolve("package-info.java");
        if (!Files.exists(file)) {
            return folder + " has none";
        }
        Source source = SourceTree.main().stream()
                .filter(candidate -> candidate.path().equals(file))
                .findFirst()
                .orElseThrow();
        if (source.linesWith("@NullMarked").isEmpty()) {
            return file + " is not @NullMarked";
        }
        long said =
                source.lines().stream().filter(line -> line.startsWith(" * ")).count();
        return said >= 2 && said <= 8 ? "" : file + " says " + said + " lines";
    }
}
