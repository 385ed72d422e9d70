package dev.millrace.app;

import dev.millrace.access.oidc.Arrivals;
import dev.millrace.access.oidc.OidcSettings;
import dev.millrace.access.oidc.OpenId;
import dev.millrace.access.people.EmailLinks;
import dev.millrace.access.people.Guests;
import dev.millrace.access.people.Hosts;
import dev.millrace.access.people.Invitations;
import dev.millrace.access.people.MemberChanges;
import dev.millrace.access.people.Members;
import dev.millrace.access.people.PasswordLinks;
import dev.millrace.access.people.Passwords;
import dev.millrace.access.people.People;
import dev.millrace.access.people.PeopleSettings;
import dev.millrace.access.people.PersonLetters;
import dev.millrace.access.sessions.Callers;
import dev.millrace.access.sessions.Sessions;
import dev.millrace.access.sessions.SignOuts;
import dev.millrace.access.signin.Attempts;
import dev.millrace.access.signin.EmailProofs;
import dev.millrace.access.signin.Newcomers;
import dev.millrace.access.signin.PasswordChanges;
import dev.millrace.access.signin.SignIn;
import dev.millrace.access.signin.TwoStep;
import dev.millrace.access.signin.TwoStepChanges;
import dev.millrace.api.millrace.people.PeopleApi;
import dev.millrace.api.millrace.people.PeopleRooms;
import dev.millrace.crypto.Seal;
import dev.millrace.db.Tx;
import dev.millrace.egress.Egress;
import java.net.URI;

/** Makes what people sign in with, and what they and keys are let in by. */
final class PeopleParts implements AutoCloseable {
    private static final String CALLBACK = "/console/oidc/callback";

    private final PeopleRooms rooms;

    /** For the command line, which no server stands beside. */
    PeopleParts(Core core) {
        this(
                core,
                new Seal(
                        MasterKey.of(
                                core.settings().security(),
                                core.data().resolve(MasterKey.FILE),
                                core.random(),
                                core.isEmpty()),
                        core.random()),
                PersonLetters.NONE,
                new Egress(core.settings().egress(), core.metrics().registry()));
    }

    PeopleParts(Core core, Seal seal, PersonLetters letters, Egress egress) {
        PeopleSettings settings = core.settings().people();
        People people = new People(core.ids());
        Members members = new Members(core.ids());
        Passwords passwords = new Passwords(settings, core.random());
        Sessions sessions = new Sessions(core.database(), core.ids(), settings);
        Attempts attempts = new Attempts(core.database(), settings);
        TwoStep twoStep = new TwoStep(seal, core.ids());
        Callers callers = new Callers(core.database(), core.access(), sessions, people, members, settings);
        core.access().welcome(callers);
        Invitations invitations = new Invitations(core.ids(), settings);
        PasswordLinks passwordLinks = new PasswordLinks(core.ids(), settings);
        SignIn signIn = new SignIn(core.database(), people, passwords, sessions, attempts, twoStep, core.trail());
        Guests guests = new Guests(invitations, core.organizations(), people, members, core.access(), core.trail());
        EmailLinks emailLinks = new EmailLinks(core.ids(), settings, people);
        EmailProofs proofs =
                new EmailProofs(core.database(), people, emailLinks, passwordLinks, letters, attempts, core.trail());
        this.rooms = new PeopleRooms(
                core.database(),
                core.access(),
                core.organizations(),
                people,
                members,
                passwords,
                invitations,
                passwordLinks,
                sessions,
                callers,
                attempts,
                signIn,
                guests,
                new Hosts(core.database(), invitations, core.organizations(), letters, core.trail()),
                new MemberChanges(core.database(), members, invitations, core.access(), core.trail()),
                new Newcomers(core.database(), people, passwords, guests, sessions, attempts, signIn, proofs, letters),
                new PasswordChanges(
                        core.database(), people, passwords, passwordLinks, sessions, attempts, core.trail()),
                new TwoStepChanges(core.database(), twoStep, attempts, core.trail()),
                new SignOuts(core.database(), sessions, core.trail()),
                proofs,
                letters,
                openId(core, seal, egress, people, members, guests, attempts, signIn, twoStep),
                core.trail(),
                (tx, name) -> Setup.found(core, tx, name),
                settings);
    }

    private static OpenId openId(
            Core core,
            Seal seal,
            Egress egress,
            People people,
            Members members,
            Guests guests,
            Attempts attempts,
            SignIn signIn,
            TwoStep twoStep) {
        OidcSettings settings = core.settings().oidc();
        Arrivals arrivals = new Arrivals(
                settings,
                people,
                members,
                guests,
                core.organizations(),
                (tx, name) -> Setup.found(core, tx, name),
                core.trail());
        return new OpenId(
                settings,
                redirect(core.settings()),
                core.database(),
                egress,
                core.clock(),
                seal,
                core.ids(),
                attempts,
                signIn,
                twoStep,
                arrivals);
    }

    /** Where the provider sends people back to. */
    private static URI redirect(Settings settings) {
        URI chosen = settings.oidc().redirectUrl();
        if (chosen != null || !settings.oidc().on()) {
            return chosen == null ? URI.create("http://localhost" + CALLBACK) : chosen;
        }
        return URI.create(
                MailParts.publicUrl(settings, "oidc.issuer", "the provider sends people back there") + CALLBACK);
    }

    /** What the routes and the console call. */
    PeopleRooms rooms() {
        return rooms;
    }

    /** Lets keys and people in. */
    Callers callers() {
        return rooms.callers();
    }

    PeopleApi api() {
        return new PeopleApi(rooms);
    }

    /** Removes rows that have served their time; gives how many of the fullest table, at most so many. */
    int prune(Tx tx, int limit) {
        int most = Math.max(rooms.sessions().prune(tx, limit), rooms.attempts().prune(tx, limit));
        most = Math.max(most, rooms.openId().prune(tx, limit));
        return Math.max(
                most,
                Math.max(
                        rooms.invitations().prune(tx, limit),
                        rooms.passwordLinks().prune(tx, limit)));
    }

    @Override
    public void close() {
        rooms.passwords().close();
    }
}
