package dev.millrace.app;

import dev.millrace.config.ConfigException;
import dev.millrace.id.PersonId;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sessions of a person. */
@Command(
        name = "session",
        description = "Sessions of a person: list, end.",
        mixinStandardHelpOptions = true,
        subcommands = {SessionCommand.ListAll.class, SessionCommand.End.class})
final class SessionCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "admin session needs one of: list, end");
    }

    /** Shows where somebody is signed in. */
    @Command(name = "list", description = "Show where a person is signed in.", mixinStandardHelpOptions = true)
    static final class ListAll extends PeopleOffice implements Callable<Integer> {
        @Parameters(paramLabel = "PERSON_ID", description = "As person list shows it.")
        private String id = "";

        @Override
        public Integer call() throws IOException {
            PersonId person = person(id);
            return with("GET", path(person), null, (core, desk, own) -> desk.sessions(person));
        }
    }

    /** Signs somebody out. */
    @Command(name = "end", description = "Sign a person out everywhere.", mixinStandardHelpOptions = true)
    static final class End extends PeopleOffice implements Callable<Integer> {
        @Parameters(paramLabel = "PERSON_ID", description = "As person list shows it.")
        private String id = "";

        @Override
        public Integer call() throws IOException {
            PersonId person = person(id);
            return with(
                    "DELETE", path(person), null, (core, desk, own) -> desk.endSessions(Actor.commandLine(), person));
        }
    }

    private static String path(PersonId person) {
        return "/api/v1/people/" + person + "/sessions";
    }

    private static PersonId person(String text) {
        return PersonId.parse(text).orElseThrow(() -> new ConfigException("\"" + text + "\" is no id of a person"));
    }
}
