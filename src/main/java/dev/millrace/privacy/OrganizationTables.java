package dev.millrace.privacy;

import static dev.millrace.privacy.Entry.table;
import static dev.millrace.privacy.Rule.where;

import java.util.List;

/** The tables of organizations, their keys, settings and limits. */
final class OrganizationTables {
    private static final String SETTINGS_OF = "subject = 'organization:' || :id"
            + " or subject in (select 'key:' || k.id from api_keys k where k.organization = :id)";
    private static final String AMOUNTS = "ids and amounts, which the audit counts again";

    static final List<Entry> ALL = List.of(
            table(
                            "former_secrets",
                            "a secret that a key had before it was rotated",
                            "hash",
                            "hash! key_id last_four until@")
                    .organization(where("key_id in (select k.id from api_keys k where k.organization = :id)")),
            table("limit_rules", "limits of an organization, a key or a plan", "subject", "subject rules updated_at@")
                    .organization(where(SETTINGS_OF).inArchive()),
            table(
                            "price_terms",
                            "a markup or a minimum of an organization, a plan or all",
                            "subject, scope, kind",
                            "subject scope kind value updated_at@")
                    .organization(where("subject = 'organization:' || :id").inArchive()),
            table("retentions", "how long outputs are kept", "organization", "organization kept_ms")
                    .organization(where("organization = :id").inArchive()),
            table(
                            "caps",
                            "a spend cap",
                            "organization, subject, period",
                            "organization subject period amount$ counted_to@ set_at@")
                    .organization(where("organization = :id").inArchive().kept(AMOUNTS)),
            table(
                            "cap_windows",
                            "what a cap has counted in one day, week or month",
                            "organization, subject, period, starts_at",
                            "organization subject period starts_at@ ends_at@ spent$ held$ told")
                    .organization(where("organization = :id").inArchive().kept(AMOUNTS)),
            table(
                            "cap_events",
                            "a threshold of a cap that was passed",
                            "organization, subject, period, starts_at, threshold",
                            "organization subject period starts_at@ threshold amount$ spent$ at@")
                    .organization(where("organization = :id").inArchive().kept(AMOUNTS)),
            table("organizations", "who owns a wallet, keys and jobs", "id", "id name* operator created_at@ time_zone")
                    .organization(where("id = :id")
                            .inArchive()
                            .blanked("name = 'erased'", "an id that says nothing, to which the ledger points")));

    private OrganizationTables() {}
}
