package dev.millrace.letters;

import dev.millrace.access.people.Email;
import dev.millrace.access.people.Invitation;
import dev.millrace.access.people.PeopleSettings;
import dev.millrace.access.people.Person;
import dev.millrace.access.people.PersonLetters;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.mail.Letter;
import dev.millrace.mail.Letter.Link;
import dev.millrace.mail.PostOffice;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Writes to people about their way in. Safe for all threads. */
public final class PeopleLetters implements PersonLetters {
    private final PostOffice post;
    private final IdSource ids;
    private final PeopleSettings settings;
    private final String base;

    /** @param base what people's browsers reach this installation by, without a slash at its end */
    public PeopleLetters(PostOffice post, IdSource ids, PeopleSettings settings, String base) {
        this.post = post;
        this.ids = ids;
        this.settings = settings;
        this.base = base;
    }

    @Override
    public boolean on() {
        return post.on();
    }

    @Override
    public void verify(Tx tx, Person person, String token) {
        put(
                tx,
                "verify_email",
                person.id().text(),
                person.email(),
                new Letter(
                        "Is this your address?",
                        List.of(
                                "Hello " + person.name() + ",",
                                "somebody signed up at " + base + " with this address."),
                        new Link("If that was you, say so here", base + "/console/verify?token=" + token),
                        List.of(
                                "The link works once, for " + told(settings.linkLife()) + ".",
                                "If it was not you, do nothing: the account has no proof of your address then.")));
    }

    @Override
    public void taken(Tx tx, Person person) {
        put(
                tx,
                "sign_up_again",
                person.id().text(),
                person.email(),
                new Letter(
                        "You have an account already",
                        List.of(
                                "Hello " + person.name() + ",",
                                "somebody wanted to sign up at " + base
                                        + " with this address, which has an account already. Nothing was changed."),
                        new Link("If that was you, sign in", base + "/console/sign-in"),
                        List.of("If you do not know your password any more, ask for a link on that page.")));
    }

    @Override
    public void password(Tx tx, Person person, String token) {
        put(
                tx,
                "password",
                person.id().text(),
                person.email(),
                new Letter(
                        "A new password",
                        List.of(
                                "Hello " + person.name() + ",",
                                "here is the link to set your password anew at " + base + "."),
                        new Link("Set the password", base + "/console/password?token=" + token),
                        List.of(
                                "It works once, for " + told(settings.linkLife())
                                        + ", and ends every session of yours.",
                                "If you did not ask for it, do nothing: the password stays as it is.")));
    }

    @Override
    public void invited(Tx tx, Invitation invitation, Email to, String organization, String token) {
        put(
                tx,
                "invitation",
                invitation.organization().text(),
                to,
                new Letter(
                        "You are invited to " + organization,
                        List.of(
                                "Hello,",
                                "you are invited to " + organization + " at " + base + ", as "
                                        + invitation.role().wire() + "."),
                        new Link("See the invitation", base + "/console/invitation?token=" + token),
                        List.of("It is for this address alone, works once, and ends in "
                                + told(settings.invitationLife()) + ".")));
    }

    private void put(Tx tx, String kind, String part, Email to, Letter letter) {
        post.put(tx, ids.uuid().toString(), kind, part, to.text(), letter);
    }

    private static String told(Duration life) {
        long days = life.toDays();
        long hours = life.toHours();
        return days >= 2
                ? days + " days"
                : hours >= 2
                        ? hours + " hours"
                        : String.format(Locale.ROOT, "%d minutes", Math.max(1, life.toMinutes()));
    }
}
