package dev.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages lead where they say, and speak of no machine and of no place where parts are fetched from. */
class DocsTest {
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git");
    private static final Pattern LINK = Pattern.compile("(?<!`)\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
    private static final Pattern FENCE = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern MACHINE = Pattern.compile(
            "(?<![\\w.~/:-])/(work|home|root|usr/lib/jvm|tmp|mnt|Users)/[\\w.-]+|\\bregistry\\.[a-z0-9-]+\\.[a-z]+|\\brepo1?\\.maven\\.|\\bfiles\\.pythonhosted\\.");

    @Test
    void every_link_between_pages_resolves() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : files(".md")) {
            String text = FENCE.matcher(Files.readString(page)).replaceAll("");
            LINK.matcher(text)
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .filter(link -> !link.matches("[a-z]+:.*"))
                    .filter(link -> !resolves(page, link))
                    .forEach(link -> broken.add(page + ": " + link));
        }
        assertThat(broken).as("links that lead nowhere").isEmpty();
    }

    @Test
    void no_page_or_lock_file_names_a_machine_or_a_registry() throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> all = new ArrayList<>(files(".md"));
        all.addAll(files("package-lock.json"));
        for (Path file : all) {
            MACHINE.matcher(Files.readString(file)).results().forEach(match -> found.add(file + ": " + match.group()));
        }
        assertThat(found).as("paths of a machine, hosts of a registry").isEmpty();
    }

    private static boolean resolves(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty()
                ? page
                : page.toAbsolutePath().getParent().resolve(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
    }

    /** The names of a page's headings as a link writes them. */
    private static List<String> anchors(Path page) {
        try {
            return HEADING.matcher(Files.readString(page))
                    .results()
                    .map(heading -> heading.group(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^\\p{L}\\p{N} _-]", "")
                            .replace(' ', '-'))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Path> files(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(Path.of(""), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                Path name = folder.getFileName();
                return NOT_OURS.contains(String.valueOf(name))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(ending)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
