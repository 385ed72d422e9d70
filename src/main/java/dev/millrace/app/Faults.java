package dev.millrace.app;

import dev.millrace.config.ConfigException;
import dev.millrace.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what goes wrong in a command into one clear line and an exit code. */
final class Faults {
    private Faults() {}

    static int nothingAsked(CommandLine line) {
        line.usage(line.getErr());
        return ExitCode.USAGE;
    }

    static int wrongUse(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        String meant = "";
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            meant = suggestions.isEmpty() ? "" : "; did you mean " + String.join(" or ", suggestions) + "?";
        }
        String help = line.getCommandSpec().qualifiedName() + " --help";
        line.getErr().println("millrace: " + oneLine(e.getMessage()) + meant + " (see \"" + help + "\")");
        return ExitCode.USAGE;
    }

    static int failed(Exception e, CommandLine line, ParseResult parsed) {
        line.getErr().println("millrace: " + describe(e));
        return switch (e) {
            case ConfigException _ -> ExitCode.USAGE;
            case ProblemException _, IOException _, UncheckedIOException _ -> ExitCode.BROKEN;
            default -> {
                e.printStackTrace(line.getErr());
                yield ExitCode.BROKEN;
            }
        };
    }

    private static String describe(Exception e) {
        return switch (e) {
            case ProblemException problem -> problem.problem().detail();
            case ConfigException config -> oneLine(config.getMessage());
            case IOException io -> file(io);
            case UncheckedIOException io -> file(io.getCause());
            default -> "unexpected: " + oneLine(e.toString());
        };
    }

    /** The JDK's own words for these are the name of the file alone. */
    private static String file(@Nullable IOException e) {
        return switch (e) {
            case NoSuchFileException none -> "there is no file or folder " + none.getFile();
            case FileAlreadyExistsException there -> there.getFile() + " is there already";
            case AccessDeniedException denied -> "this user may not read or write " + denied.getFile();
            case null, default -> oneLine(e == null ? null : e.getMessage());
        };
    }

    private static String oneLine(@Nullable String text) {
        return String.valueOf(text).replaceAll("\\s*\\R\\s*", " ").strip();
    }
}
