package dev.millrace.api.millrace.people;

import static dev.millrace.api.millrace.openapi.Operation.delete;
import static dev.millrace.api.millrace.openapi.Operation.get;
import static dev.millrace.api.millrace.openapi.Operation.patch;
import static dev.millrace.api.millrace.openapi.Operation.post;
import static dev.millrace.api.millrace.openapi.Shape.json;

import dev.millrace.access.Permission;
import dev.millrace.api.millrace.MillraceApi;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.openapi.Described;
import dev.millrace.api.millrace.openapi.Failures;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.openapi.Shape;
import dev.millrace.server.ProblemJson;
import dev.millrace.server.Routes;

/** The routes about people, their sessions, and the organizations that they belong to. */
public final class PeopleApi {
    private final SignUpRoutes signUp;
    private final SessionRoutes sessions;
    private final MeRoutes me;
    private final MemberRoutes members;
    private final OrganizationsRoutes organizations;
    private final AuditLogRoutes auditLog;
    private final InvitationRoutes invitations;
    private final PasswordRoutes passwords;
    private final TwoStepRoutes twoStep;
    private final OperatorPeople operator;
    private final EmailRoutes emails;
    private final OidcRoutes oidc;

    public PeopleApi(PeopleRooms rooms) {
        this.signUp = new SignUpRoutes(rooms);
        this.sessions = new SessionRoutes(rooms);
        this.me = new MeRoutes(rooms);
        this.members = new MemberRoutes(rooms);
        this.organizations = new OrganizationsRoutes(rooms);
        this.invitations = new InvitationRoutes(rooms);
        this.twoStep = new TwoStepRoutes(rooms);
        this.operator = new OperatorPeople(rooms);
        this.emails = new EmailRoutes(rooms);
        this.oidc = new OidcRoutes(rooms);
        this.passwords = new PasswordRoutes(rooms);
        this.auditLog = new AuditLogRoutes(rooms);
    }

    /** Registers them, and says in the document what they do. */
    public void register(Routes routes, OpenApiDocument document) {
        Described described = new Described(
                routes.group(ProblemJson::render).speaking(MillraceApi.DIALECT), Failures.problems(), document);
        signingIn(described);
        oneself(described);
        members(described);
        invitations(described);
        passwords(described);
        emails(described);
        oidc(described);
        twoStep(described);
        organizations(described);
        operator.register(described);
    }

    private void signingIn(Described described) {
        described
                .on(
                        post("/api/v1/signup", "signUp", "Somebody new, with an organization, signed in.")
                                .toAnyone()
                                .body(SignUpRoutes.FORM)
                                .answers(201, json(NewSessionBody.class))
                                .answers(202, json(LetterBody.class))
                                .fails(401, 403, 429),
                        signUp::signUp)
                .on(
                        post("/api/v1/sessions", "signIn", "Signs a person in.")
                                .toAnyone()
                                .body(SessionRoutes.FORM)
                                .answers(201, json(NewSessionBody.class))
                                .fails(401, 429),
                        sessions::open)
                .on(
                        get("/api/v1/sessions", "listSessions", "Where the person is signed in, newest first.")
                                .toPersons()
                                .answers(200, json(PageBody.class, SessionBody.class)),
                        sessions::list)
                .on(
                        delete("/api/v1/sessions", "endSessions", "Signs the person out everywhere.")
                                .toPersons()
                                .answers(200, json(EndedBody.class)),
                        sessions::endAll)
                .on(
                        delete("/api/v1/sessions/{id}", "endSession", "Ends one session; current is this one.")
                                .toPersons()
                                .answers(200, json(DeletedBody.class))
                                .fails(404),
                        sessions::end);
    }

    private void oneself(Described described) {
        described
                .on(
                        get("/api/v1/me", "getMe", "The person who is signed in.")
                                .toPersons()
                                .answers(200, json(PersonBody.class)),
                        me::show)
                .on(
                        patch("/api/v1/me", "changeMe", "Changes the person's name, or what the session is about.")
                                .toPersons()
                                .body(MeRoutes.CHANGE)
                                .answers(200, json(PersonBody.class)),
                        me::change)
                .on(
                        post(
                                        "/api/v1/me/password",
                                        "changePassword",
                                        "Sets a new password, and ends the other sessions.")
                                .toPersons()
                                .body(MeRoutes.PASSWORD)
                                .answers(200, json(EndedBody.class))
                                .fails(429),
                        me::password)
                .on(
                        get("/api/v1/me/organizations", "listMyOrganizations", "What the person belongs to.")
                                .toPersons()
                                .answers(200, json(PageBody.class, MembershipBody.class)),
                        me::organizations)
                .on(
                        post("/api/v1/me/organizations", "createMyOrganization", "Another organization of one's own.")
                                .toPersons()
                                .body(MeRoutes.ORGANIZATION)
                                .answers(201, json(MembershipBody.class)),
                        me::found);
    }

    private void members(Described described) {
        described
                .on(
                        get("/api/v1/members", "listMembers", "The members of the organization, oldest first.")
                                .needs(Permission.READ_MEMBERS)
                                .answers(200, json(PageBody.class, MemberBody.class)),
                        members::list)
                .on(
                        get("/api/v1/members/{id}", "getMember", "One member.")
                                .needs(Permission.READ_MEMBERS)
                                .answers(200, json(MemberBody.class))
                                .fails(404),
                        members::one)
                .on(
                        patch("/api/v1/members/{id}", "changeMember", "Gives a member another role.")
                                .needs(Permission.MANAGE_MEMBERS)
                                .body(MemberRoutes.CHANGE)
                                .answers(200, json(MemberBody.class))
                                .fails(404),
                        members::change)
                .on(
                        delete("/api/v1/members/{id}", "removeMember", "Takes a member out, and revokes his keys.")
                                .needs(Permission.MANAGE_MEMBERS)
                                .answers(200, json(DeletedBody.class))
                                .fails(404),
                        members::remove);
    }

    private void invitations(Described described) {
        described
                .on(
                        get("/api/v1/invitations", "listInvitations", "The last 200 invitations, newest first.")
                                .needs(Permission.READ_MEMBERS)
                                .answers(200, json(PageBody.class, InvitationBody.class)),
                        invitations::list)
                .on(
                        post("/api/v1/invitations", "invite", "A link with which somebody becomes a member, once.")
                                .needs(Permission.MANAGE_MEMBERS)
                                .body(InvitationRoutes.INVITE)
                                .answers(201, json(InvitationBody.class)),
                        invitations::invite)
                .on(
                        delete("/api/v1/invitations/{id}", "revokeInvitation", "Revokes an open invitation.")
                                .needs(Permission.MANAGE_MEMBERS)
                                .answers(200, json(DeletedBody.class))
                                .fails(404),
                        invitations::revoke)
                .on(
                        post("/api/v1/invitations/look", "lookAtInvitation", "What a link leads to.")
                                .toAnyone()
                                .body(InvitationRoutes.TOKEN)
                                .answers(200, json(GuestBody.class))
                                .fails(401, 429),
                        invitations::look)
                .on(
                        post("/api/v1/invitations/accept", "acceptInvitation", "Makes the person a member.")
                                .toPersons()
                                .body(InvitationRoutes.TOKEN)
                                .answers(201, json(MembershipBody.class)),
                        invitations::accept);
    }

    private void twoStep(Described described) {
        described
                .on(
                        post("/api/v1/me/totp", "beginTwoStep", "A new secret for the person's authenticator.")
                                .toPersons()
                                .fails(400)
                                .answers(201, json(TwoStepBodies.SecretBody.class)),
                        twoStep::begin)
                .on(
                        post("/api/v1/me/totp/confirm", "confirmTwoStep", "Signing in takes a code from now on.")
                                .toPersons()
                                .body(TwoStepRoutes.CODE)
                                .answers(200, json(TwoStepBodies.RecoveryBody.class))
                                .fails(429),
                        twoStep::confirm)
                .on(
                        post("/api/v1/me/totp/end", "endTwoStep", "Signing in takes a password alone again.")
                                .toPersons()
                                .body(TwoStepRoutes.CODE)
                                .answers(200, json(DeletedBody.class))
                                .fails(429),
                        twoStep::end);
    }

    private void passwords(Described described) {
        described
                .on(
                        post(
                                        "/api/v1/password-links",
                                        "createPasswordLink",
                                        "A link to set a password; for the operator.")
                                .needs(Permission.OPERATE)
                                .body(PasswordRoutes.LINK)
                                .answers(201, json(PasswordLinkBody.class))
                                .fails(404),
                        passwords::link)
                .on(
                        post("/api/v1/password-resets", "resetPassword", "Sets a password anew, with a link.")
                                .toAnyone()
                                .body(PasswordRoutes.RESET)
                                .answers(200, json(EndedBody.class))
                                .fails(401, 429),
                        passwords::reset);
    }

    private void emails(Described described) {
        described
                .on(
                        post("/api/v1/me/email-verification", "askEmailProof", "Another letter to prove one's address.")
                                .toPersons()
                                .answers(202, json(LetterBody.class))
                                .answers(200, json(PersonBody.class))
                                .fails(429, 503),
                        emails::again)
                .on(
                        post("/api/v1/email-verifications", "proveEmail", "Takes the link of such a letter.")
                                .toAnyone()
                                .body(EmailRoutes.TOKEN)
                                .answers(200, json(PersonBody.class))
                                .fails(401, 429),
                        emails::prove)
                .on(
                        post("/api/v1/password-requests", "askPasswordLink", "Mails a link to set a password anew.")
                                .toAnyone()
                                .body(EmailRoutes.FORGOTTEN)
                                .answers(202, json(LetterBody.class))
                                .fails(429, 503),
                        emails::forgotten);
    }

    private void oidc(Described described) {
        described
                .on(
                        get("/api/v1/oidc", "getOidc", "Whether people sign in through an identity provider.")
                                .toAnyone()
                                .answers(200, json(OidcRoutes.OfferBody.class)),
                        oidc::offer)
                .on(
                        post("/api/v1/oidc/start", "startOidc", "Begins such a sign-in.")
                                .toAnyone()
                                .body(OidcRoutes.START)
                                .answers(201, json(OidcRoutes.StartBody.class))
                                .fails(404, 429, 503),
                        oidc::start)
                .on(
                        post("/api/v1/oidc/finish", "finishOidc", "Takes what came back from the provider.")
                                .toAnyone()
                                .body(OidcRoutes.FINISH)
                                .answers(201, json(NewSessionBody.class))
                                .answers(202, json(OidcRoutes.PendingBody.class))
                                .fails(401, 403, 404, 429, 503),
                        oidc::finish)
                .on(
                        post("/api/v1/oidc/code", "finishOidcWithCode", "Takes the second step behind it.")
                                .toAnyone()
                                .body(OidcRoutes.CODE)
                                .answers(201, json(NewSessionBody.class))
                                .fails(401, 429),
                        oidc::code);
    }

    private void organizations(Described described) {
        described
                .on(
                        get("/api/v1/organizations", "listOrganizations", "Every organization; for the operator.")
                                .needs(Permission.OPERATE)
                                .answers(200, json(PageBody.class, OrganizationBody.class)),
                        organizations::list)
                .on(
                        get("/api/v1/organizations/{id}", "getOrganization", "One's own organization.")
                                .needs(Permission.READ_ORGANIZATION)
                                .answers(200, json(OrganizationBody.class))
                                .fails(404),
                        organizations::one)
                .on(
                        patch("/api/v1/organizations/{id}", "changeOrganization", "Changes its name or time zone.")
                                .needs(Permission.MANAGE_ORGANIZATION)
                                .body(OrganizationsRoutes.CHANGE)
                                .answers(200, json(OrganizationBody.class))
                                .fails(404),
                        organizations::change)
                .on(
                        get("/api/v1/audit-log", "listAuditLog", "Who changed what, newest first.")
                                .needs(Permission.READ_AUDIT)
                                .query("actor", "string", "The id of a person or a key, or a kind, as operator.")
                                .query("action", "string", "A whole action, as key.create, or its first word.")
                                .query("subject", "string", "To what it was done, as key:4f.")
                                .query("from", "string", "A time: lines of then and later.")
                                .query("to", "string", "A time: lines before it.")
                                .query("organization", "string", "Another's, or all; for the operator.")
                                .query("format", "string", "json, or csv for up to 10,000 lines at once.")
                                .paged()
                                .answers(200, json(PageBody.class, AuditLineBody.class))
                                .answers(200, Shape.file("text/csv")),
                        auditLog::list);
    }
}
