package dev.millrace.console.account;

import dev.millrace.access.oidc.OpenId;
import dev.millrace.access.people.Guests;
import dev.millrace.access.people.Hosts;
import dev.millrace.access.people.Invitations;
import dev.millrace.access.people.MemberChanges;
import dev.millrace.access.people.PersonLetters;
import dev.millrace.access.sessions.SignOuts;
import dev.millrace.access.signin.EmailProofs;
import dev.millrace.access.signin.Newcomers;
import dev.millrace.access.signin.PasswordChanges;
import dev.millrace.access.signin.SignIn;
import dev.millrace.access.signin.TwoStepChanges;

/** The ways in, as people come by them. */
public record Doors(
        SignIn signIn,
        Newcomers newcomers,
        Guests guests,
        Hosts hosts,
        MemberChanges memberChanges,
        Invitations invitations,
        PasswordChanges passwords,
        TwoStepChanges twoStep,
        SignOuts signOuts,
        EmailProofs proofs,
        PersonLetters letters,
        OpenId openId) {}
