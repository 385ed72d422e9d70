package dev.millrace.api.millrace.people;

import dev.millrace.access.Access;
import dev.millrace.access.Organizations;
import dev.millrace.access.oidc.OpenId;
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
import dev.millrace.access.signin.TwoStepChanges;
import dev.millrace.db.Database;
import dev.millrace.trail.Trail;

/** What the routes about people call. */
public record PeopleRooms(
        Database database,
        Access access,
        Organizations organizations,
        People people,
        Members members,
        Passwords passwords,
        Invitations invitations,
        PasswordLinks passwordLinks,
        Sessions sessions,
        Callers callers,
        Attempts attempts,
        SignIn signIn,
        Guests guests,
        Hosts hosts,
        MemberChanges memberChanges,
        Newcomers newcomers,
        PasswordChanges passwordChanges,
        TwoStepChanges twoStep,
        SignOuts signOuts,
        EmailProofs proofs,
        PersonLetters letters,
        OpenId openId,
        Trail trail,
        Founding founding,
        PeopleSettings settings) {}
