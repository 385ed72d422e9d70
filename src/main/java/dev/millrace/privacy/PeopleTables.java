package dev.millrace.privacy;

import static dev.millrace.privacy.Entry.table;
import static dev.millrace.privacy.Rule.where;

import java.util.List;

/**
 * The tables of people, of how they sign in, and of who did what. What leads to a person's memberships stands before these. Of a
 * membership that ended the audit log alone knows whose it was: its line is never changed.
 */
final class PeopleTables {
    private static final String MEMBERSHIPS = """
            (select m.id from members m where m.person = :id
                union all select substr(r.subject, length('member:') + 1) from audit_log r
                    where r.action = 'member.remove' and r.subject like 'member:%' and r.facts like '%"' || :id || '"%')""";
    private static final String KEYS = "(select k.id from api_keys k where k.member in " + MEMBERSHIPS + ")";
    private static final String MEMBERS_AND_KEYS =
            "(select 'member:' || s.id from " + MEMBERSHIPS + " s union all select 'key:' || s.id from " + KEYS + " s)";
    private static final String LOG = "id organization at@ actor_kind actor_id address* action subject facts";
    private static final String LOG_COLUMNS = LOG + " particulars*";
    private static final String LOG_SHOWN = """
            select l.id, l.organization, l.at, l.actor_kind, l.actor_id, coalesce(p.address, '') as address, l.action, l.subject,
                l.facts, p.facts as particulars
            from audit_log l left join audit_particulars p on p.line = l.id where %s order by l.at, l.id""";

    static final List<Entry> ALL = List.of(
            table("audit_log", "a line: who changed what and when, by ids", "id", LOG)
                    .organization(where("organization = :id")
                            .inArchiveAs(LOG_COLUMNS, LOG_SHOWN.formatted("l.organization = :id"))
                            .kept("ids and facts that name nobody; it is append-only"))
                    .person(where("actor_id = :id")
                            .inArchiveAs(LOG_COLUMNS, LOG_SHOWN.formatted("l.actor_id = :id"))
                            .kept("ids and facts that name nobody; it is append-only")),
            table(
                            "audit_particulars",
                            "what of a line may name somebody: the address it came from, names, reasons",
                            "line",
                            "line organization actor address* facts*")
                    .organization(where("organization = :id"))
                    .person(where("actor = :id or actor in " + KEYS + " or line in (select l.id from audit_log l"
                            + " where l.subject = 'person:' || :id or l.subject in " + MEMBERS_AND_KEYS + ")")),
            table("suspensions", "who is suspended, and why", "subject", "subject by_operator reason* since@")
                    .organization(where("""
                                    subject = 'organization:' || :id
                                    or subject in (select 'key:' || k.id from api_keys k where k.organization = :id)
                                    or subject in (select 'member:' || m.id from members m where m.organization = :id)""").inArchive().blanked("reason = 'erased'", "nobody resumes what was erased"))
                    .person(where("subject in " + MEMBERS_AND_KEYS).inArchive()),
            table("api_keys", "an API key", "id", """
                            id organization name* environment hash! last_four state created_at@ revoked_at@ inactive role member
                            scope_dialects scope_models scope_modalities read_only networks* expires_at@ updated_at@""")
                    .organization(where("organization = :id")
                            .inArchive()
                            .blanked(
                                    "name = 'erased', hash = '', last_four = '', networks = null",
                                    "the ledger and usage name keys by id; all are revoked"))
                    .person(where("member in " + MEMBERSHIPS)
                            .inArchive()
                            .blanked(
                                    "name = 'erased', networks = null",
                                    "the ledger and usage name keys by id; those the person answered for are revoked")),
            table("members", "one person in one organization", "id", "id organization person role created_at@")
                    .organization(
                            where("organization = :id").inArchiveAs("id person role created_at@ name* email*", """
                                    select m.id, m.person, m.role, m.created_at, p.name, p.email from members m
                                    join people p on p.id = m.person where m.organization = :id order by m.created_at, m.id"""))
                    .person(where("person = :id").inArchive()),
            table(
                            "sessions",
                            "somebody signed in, in one program",
                            "id",
                            "id hash! person organization created_at@ seen_at@ expires_at@ address* device*")
                    .organization(where("organization = :id")
                            .blanked("organization = null", "the session is the person's, and goes on about another"))
                    .person(where("person = :id").inArchive()),
            table("invitations", "a way into an organization", "id", """
                            id organization hash! email* role invited_by created_at@ expires_at@ used_at@ used_by revoked_at@
                            mailed_at@""")
                    .organization(where("organization = :id").inArchive())
                    .person(where("email = :email").inArchive()),
            table(
                            "person_links",
                            "a link that sets a password or proves an address",
                            "hash",
                            "hash! person kind email* created_at@ expires_at@ mailed_at@")
                    .person(where("person = :id or email = :email").inArchive()),
            table(
                            "mails",
                            "a letter; to whom and what is sealed, and gone when it was sent",
                            "id",
                            "id kind state sealed!* attempts outcome created_at@ next_attempt_at@ ended_at@")
                    .organization(where(Rule.LETTERS))
                    .person(where(Rule.LETTERS)),
            table("recovery_codes", "a code in place of the second step", "person, hash", "person hash!")
                    .person(where("person = :id")),
            table(
                            "identities",
                            "how a person is known elsewhere",
                            "issuer, subject",
                            "issuer subject* person created_at@")
                    .person(where("person = :id").inArchive()),
            table(
                            "attempts",
                            "failed attempts to sign in, by the hash of an account or an address",
                            "subject",
                            "subject failures since@ locked_until@")
                    .person(where("subject like :account")),
            table("people", "somebody who signs in", "id", """
                            id email* name* password_hash! password_changed_at@ email_verified_at@ totp_sealed! totp_since@
                            totp_last_step created_at@ erased_at@ awaited_since@""")
                    .person(where("id = :id")
                            .inArchive()
                            .blanked("""
                                    email = null, name = 'erased', password_hash = null, password_changed_at = null, \
                                    email_verified_at = null, totp_sealed = null, totp_since = null, totp_last_step = 0, awaited_since = null""", "an id that says nothing, to which the audit log and the ledger point")));

    private PeopleTables() {}
}
