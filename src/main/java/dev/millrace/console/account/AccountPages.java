package dev.millrace.console.account;

import dev.millrace.access.Needs;
import dev.millrace.access.Permission;
import dev.millrace.console.Pages;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.Routes;

/** The routes of the pages for people who sign in. */
public final class AccountPages {
    private final SignInPages entrance;
    private final InvitationPage invitation;
    private final PasswordPage password;
    private final LetterPages letters;
    private final OidcPages oidc;
    private final SettingsPages settings;
    private final OverviewPage overview;
    private final KeyPages keys;
    private final KeyPage key;
    private final WalletPage wallet;
    private final StatementPage statement;
    private final InvoicePages invoices;
    private final CapPages caps;
    private final LimitPage limits;
    private final AuditPage audit;
    private final UsagePage usage;
    private final JobPages jobs;
    private final MemberPage members;
    private final OneMemberPage member;
    private final Visitors visitors;

    public AccountPages(AccountRooms rooms, Pages pages) {
        this.visitors = new Visitors(rooms);
        this.entrance = new SignInPages(rooms, visitors, pages);
        this.invitation = new InvitationPage(rooms, visitors, pages);
        this.password = new PasswordPage(rooms, visitors, pages);
        StepPages steps = new StepPages(visitors, pages);
        this.letters = new LetterPages(rooms, steps);
        this.oidc = new OidcPages(rooms, visitors, steps);
        this.settings = new SettingsPages(rooms, visitors, pages);
        this.overview = new OverviewPage(rooms, visitors, pages);
        this.keys = new KeyPages(rooms, visitors, pages);
        this.key = new KeyPage(rooms, visitors, pages);
        this.wallet = new WalletPage(rooms, visitors, pages);
        this.statement = new StatementPage(rooms, visitors, pages);
        this.invoices = new InvoicePages(rooms, visitors, pages);
        this.caps = new CapPages(rooms, visitors, pages);
        this.limits = new LimitPage(rooms, visitors, pages);
        this.audit = new AuditPage(rooms, visitors, pages);
        this.usage = new UsagePage(rooms, visitors, pages);
        this.jobs = new JobPages(rooms, visitors, pages);
        this.members = new MemberPage(rooms, visitors, pages);
        this.member = new OneMemberPage(rooms, visitors, pages);
    }

    /** {@code GET /console}: who is signed in sees where he stands, anybody else how to start. */
    public Response home(Request request) {
        return Answers.to(visitors.signedIn(request).isPresent() ? "/console/overview" : "/console/start");
    }

    public void register(Routes.Group group) {
        ways(group);
        keysAndPeople(group);
        money(group);
    }

    private void ways(Routes.Group group) {
        group.needing(Needs.ANYONE)
                .get("/console/sign-in", entrance::signIn)
                .post("/console/sign-in", entrance::enter)
                .get("/console/sign-up", entrance::signUp)
                .post("/console/sign-up", entrance::found)
                .get(InvitationPage.PATH, invitation::show)
                .post(InvitationPage.PATH, invitation::accept)
                .get("/console/password", password::show)
                .post("/console/password", password::set)
                .get(LetterPages.VERIFY, letters::verify)
                .post(LetterPages.VERIFY, letters::proven)
                .get(LetterPages.FORGOTTEN, letters::forgotten)
                .post(LetterPages.FORGOTTEN, letters::ask)
                .get(OidcPages.START, oidc::start)
                .get(OidcPages.CALLBACK, oidc::back)
                .post(OidcPages.CODE, oidc::code);
        group.needing(Needs.PERSON)
                .post("/console/sign-out", entrance::leave)
                .post("/console/organization", settings::turnTo)
                .get("/console/settings", settings::show)
                .post("/console/settings/profile", settings::rename)
                .post("/console/settings/password", settings::password)
                .post("/console/settings/verify", settings::verify)
                .post("/console/settings/two-step", settings::begin)
                .post("/console/settings/two-step/confirm", settings::confirm)
                .post("/console/settings/two-step/end", settings::end)
                .post("/console/settings/sessions/end-others", settings::endOthers)
                .post("/console/settings/sessions/{id}/end", settings::endSession);
    }

    private void keysAndPeople(Routes.Group group) {
        group.needing(Permission.READ_ORGANIZATION.wire())
                .get("/console/overview", overview::show)
                .get("/console/limits", limits::show);
        group.needing(Permission.READ_KEYS.wire())
                .get("/console/keys", keys::list)
                .get("/console/keys/{id}", key::show);
        group.needing(Permission.MANAGE_OWN_KEYS.wire())
                .post("/console/keys", keys::create)
                .post("/console/keys/{id}", key::change)
                .post("/console/keys/{id}/rotate", key::rotate)
                .post("/console/keys/{id}/end-former", key::endFormer)
                .post("/console/keys/{id}/suspend", key::suspend)
                .post("/console/keys/{id}/resume", key::resume)
                .post("/console/keys/{id}/revoke", keys::revoke);
        group.needing(Permission.READ_USAGE.wire())
                .get("/console/usage", usage::show)
                .get("/console/usage/csv", usage::csv);
        group.needing(Permission.READ_JOBS.wire())
                .get("/console/jobs", jobs::list)
                .get("/console/jobs/{id}", jobs::one);
        group.needing(Permission.READ_MEMBERS.wire())
                .get("/console/members", members::show)
                .get("/console/members/{id}", member::show);
        group.needing(Permission.MANAGE_MEMBERS.wire())
                .post("/console/members/{id}/role", member::role)
                .post("/console/members/{id}/suspend", member::suspend)
                .post("/console/members/{id}/resume", member::resume)
                .post("/console/members/{id}/remove", member::remove)
                .post("/console/members/invitations", members::invite)
                .post("/console/members/invitations/{id}/revoke", members::revoke);
    }

    private void money(Routes.Group group) {
        group.needing(Permission.READ_BILLING.wire())
                .get("/console/wallet", wallet::show)
                .get("/console/statement", statement::show)
                .get("/console/statement/csv", statement::csv)
                .get("/console/statement/json", statement::json)
                .get("/console/invoices", invoices::list)
                .get("/console/invoices/{number}", invoices::one)
                .get("/console/caps", caps::list);
        group.needing(Permission.MANAGE_BILLING.wire())
                .post("/console/wallet/topups", wallet::topUp)
                .post("/console/caps", caps::set);
        group.needing(Permission.READ_AUDIT.wire())
                .get("/console/audit", audit::show)
                .get("/console/audit/csv", audit::csv);
    }
}
