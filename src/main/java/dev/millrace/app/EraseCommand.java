package dev.millrace.app;

import dev.millrace.api.millrace.privacy.ErasureBody;
import dev.millrace.config.ConfigException;
import dev.millrace.id.OrganizationId;
import dev.millrace.id.PersonId;
import dev.millrace.json.Json;
import dev.millrace.privacy.Departure;
import dev.millrace.privacy.Departures;
import dev.millrace.privacy.Subject;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Erases somebody, and shows how far that is. */
@Command(
        name = "erase",
        description = {
            "Erase a person at once, or an organization: it is shut at once, and emptied by the server that runs.",
            "Said again, it shows the receipt."
        },
        mixinStandardHelpOptions = true)
final class EraseCommand extends Office implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "org|person", description = "What it is.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "ID", description = "Its id; \"admin find\" tells it.")
    private String id = "";

    @Option(names = "--reason", description = "Why, as the number of a ticket: it is kept, so name nobody.")
    private @Nullable String reason;

    @Option(names = "--yes", description = "Yes, it can not be undone.")
    private boolean sure;

    @Mixin
    private Remote remote = new Remote();

    @Override
    public Integer call() throws IOException {
        Subject subject = SubjectText.parse(kind, id);
        if (remote.chosen()) {
            out().println(
                            sure
                                    ? begun(subject).toPrettyString()
                                    : remote.send("GET", "/api/v1/erasures/" + subject.text(), null)
                                            .toPrettyString());
            return ExitCode.OK;
        }
        return installed(core -> {
            Departures departures = new PrivacyParts(core).departures();
            try {
                Departure departure = sure
                        ? begun(departures, subject)
                        : departures.find(subject).orElseThrow(EraseCommand::unsure);
                out().println(Json.tree(ErasureBody.of(departure)).toPrettyString());
                return ExitCode.OK;
            } catch (ProblemException e) {
                return refuse(ExitCode.BROKEN, e.problem().detail());
            }
        });
    }

    private ObjectNode begun(Subject subject) throws IOException {
        ObjectNode body = Json.object().put("reason", wanted());
        if (subject instanceof Subject.OfOrganization) {
            ObjectNode organization = remote.send("GET", SubjectText.path(subject), null);
            body.put("name", organization.path("name").asString(""));
        }
        return remote.send("POST", SubjectText.path(subject) + "/erase", body);
    }

    private Departure begun(Departures departures, Subject subject) {
        return switch (subject) {
            case Subject.OfOrganization(OrganizationId organization) ->
                departures.organization(organization, wanted(), Actor.commandLine());
            case Subject.OfPerson(PersonId person) -> departures.person(person, wanted(), Actor.commandLine());
        };
    }

    private String wanted() {
        if (reason == null) {
            throw new ConfigException("--yes needs --reason, as the number of a ticket");
        }
        return reason;
    }

    private static ConfigException unsure() {
        return new ConfigException("this can not be undone; say it again with --yes and --reason");
    }
}
