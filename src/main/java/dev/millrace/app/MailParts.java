package dev.millrace.app;

import dev.millrace.access.people.PersonLetters;
import dev.millrace.config.ConfigException;
import dev.millrace.crypto.Seal;
import dev.millrace.lease.DueWork;
import dev.millrace.letters.PeopleLetters;
import dev.millrace.mail.PostOffice;
import java.net.URI;

/** Makes what letters are written and sent with. */
final class MailParts {
    private final PostOffice post;
    private final PersonLetters people;

    MailParts(Core core, DueWork dueWork, Seal seal, String owner) {
        Settings settings = core.settings();
        this.post = new PostOffice(
                core.database(),
                dueWork,
                seal,
                settings.mail(),
                owner,
                core.random(),
                core.clock(),
                core.metrics().registry());
        this.people = settings.mail().on()
                ? new PeopleLetters(
                        post, core.ids(), settings.people(), publicUrl(settings, "mail.host", "letters hold links"))
                : PersonLetters.NONE;
    }

    /**
     * What people's browsers reach the installation by; never what a request says, which anybody can write.
     *
     * @throws ConfigException when it is not set
     */
    static String publicUrl(Settings settings, String needing, String why) {
        URI url = settings.server().publicUrl();
        if (url == null) {
            throw new ConfigException(needing + " needs server.public_url: " + why);
        }
        return url.toString().replaceAll("/+$", "");
    }

    PostOffice post() {
        return post;
    }

    PersonLetters people() {
        return people;
    }
}
