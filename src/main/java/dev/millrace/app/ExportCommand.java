package dev.millrace.app;

import dev.millrace.privacy.Subject;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Everything that belongs to somebody, as one file. */
@Command(
        name = "export",
        description = "Write everything that belongs to an organization or a person into one ZIP file.",
        mixinStandardHelpOptions = true)
final class ExportCommand extends Office implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "org|person", description = "What it is.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "ID", description = "Its id; \"admin find\" tells it.")
    private String id = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file to write; it must not be there.")
    private Path out = Path.of("");

    @Mixin
    private Remote remote = new Remote();

    @Override
    public Integer call() throws IOException {
        Subject subject = SubjectText.parse(kind, id);
        if (Files.exists(out)) {
            return refuse(ExitCode.USAGE, out + " is there already");
        }
        Files.createFile(out, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        boolean whole = false;
        try {
            int code = written(subject);
            whole = code == ExitCode.OK;
            return code;
        } finally {
            if (!whole) {
                Files.deleteIfExists(out);
            }
        }
    }

    private int written(Subject subject) throws IOException {
        if (remote.chosen()) {
            remote.save(SubjectText.path(subject) + "/export", out);
            return said();
        }
        return installed(core -> {
            try (OutputStream to = Files.newOutputStream(out)) {
                new PrivacyParts(core)
                        .exports()
                        .of(subject, Actor.commandLine())
                        .write(to);
                return said();
            } catch (ProblemException e) {
                return refuse(ExitCode.BROKEN, e.problem().detail());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private int said() {
        out().println("wrote " + out);
        return ExitCode.OK;
    }
}
