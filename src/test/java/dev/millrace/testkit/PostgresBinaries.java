package dev.millrace.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** Finds the programs of a PostgreSQL: the installed one, or the one that comes as a test dependency. */
final class PostgresBinaries {
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private PostgresBinaries() {}

    /** The folder that holds {@code initdb} and {@code postgres}. */
    static Path find() {
        try {
            Optional<Path> installed = onThePath().or(PostgresBinaries::ofDebian);
            return installed.isPresent() && !Boolean.getBoolean("postgres.bundled") ? installed.get() : unpacked();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> onThePath() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, "postgres"))
                .filter(Files::isExecutable)
                .map(PostgresBinaries::home)
                .filter(PostgresBinaries::complete)
                .findFirst();
    }

    private static Optional<Path> ofDebian() {
        try (Stream<Path> versions = Files.isDirectory(DEBIAN) ? Files.list(DEBIAN) : Stream.empty()) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(PostgresBinaries::complete)
                    .max(Comparator.comparing(Path::toString));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Follows links: the programs look for their libraries beside where they really are. */
    private static Path home(Path program) {
        try {
            return program.toRealPath().getParent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean complete(Path bin) {
        return Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("postgres"));
    }

    private static Path unpacked() throws IOException {
        Path shared =
                Path.of(System.getProperty("java.io.tmpdir"), "millrace-postgres-" + System.getProperty("user.name"));
        if (complete(shared.resolve("bin"))) {
            return shared.resolve("bin");
        }
        Path fresh = Files.createTempDirectory("millrace-postgres");
        unpack(fresh);
        try {
            Files.move(fresh, shared, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException somebodyElseWasFaster) {
            return (complete(shared.resolve("bin")) ? shared : fresh).resolve("bin");
        }
        return shared.resolve("bin");
    }

    private static void unpack(Path folder) throws IOException {
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
            if (archive == null) {
                throw new IllegalStateException("no PostgreSQL is installed, and none is on the class path");
            }
            Process tar = new ProcessBuilder(List.of("tar", "-x", "-C", folder.toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (OutputStream out = tar.getOutputStream()) {
                new XZInputStream(archive).transferTo(out);
            }
            if (tar.onExit().join().exitValue() != 0) {
                throw new IOException("tar could not unpack PostgreSQL into " + folder);
            }
        }
        new ProcessBuilder("chmod", "-R", "a+rX", folder.toString())
                .start()
                .onExit()
                .join();
    }
}
