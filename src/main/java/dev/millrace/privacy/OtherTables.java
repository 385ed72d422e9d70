package dev.millrace.privacy;

import static dev.millrace.privacy.Entry.table;
import static dev.millrace.privacy.Rule.where;

import java.util.List;

/** The tables of usage, and those of the installation itself. */
final class OtherTables {
    private static final String UNITS = """
            request input_token cached_input_token output_token reasoning_token image video_second audio_second track
            input_character""";
    private static final String METERED =
            "ids, units and amounts, which invoices and the ledger rest on; never content";

    static final List<Entry> ALL = List.of(
            table(
                            "usage_rows",
                            "what one request used",
                            "id",
                            "id organization key_id model provider modality dialect " + UNITS + """
                             units_source price_version priced_by charge$ upstream_cost! created_at@ latency_ms first_byte_ms
                            member status error upstream_model served_ms upstream_request""")
                    .organization(where("organization = :id").inArchive().kept(METERED))
                    .person(where("member in (select m.id from members m where m.person = :id)")
                            .inArchive()
                            .kept(METERED)),
            table(
                            "usage_days",
                            "what a day's requests used",
                            "organization, day, key_id, model, member, provider",
                            "organization day key_id model member provider requests failed charge$ upstream_cost! "
                                    + UNITS)
                    .organization(where("organization = :id").inArchive().kept(METERED)),
            table(
                            "usage_hours",
                            "what an hour's requests used",
                            "organization, hour",
                            "organization hour requests failed charge$ upstream_cost! " + UNITS)
                    .organization(where("organization = :id").inArchive().kept(METERED)),
            table(
                            "usage_attempts",
                            "an upstream that was tried and did not serve",
                            "id, number",
                            "id number provider upstream_model error at@")
                    .organization(where("id in (select u.id from usage_rows u where u.organization = :id)")
                            .inArchive()
                            .kept(METERED)),
            table(
                            "idempotency_keys",
                            "the hash of a key under which a request is repeated safely",
                            "organization, surface, key_hash",
                            "organization surface key_hash! fingerprint! state created expires_at@ running_for")
                    .organization(where("organization = :id")),
            table(
                            "departures",
                            "that somebody was erased, and what became of what",
                            "subject",
                            "subject asked_at@ asked_by reason counts done_at@")
                    .organization(where("subject = 'organization:' || :id").kept("the receipt"))
                    .person(where("subject = 'person:' || :id").kept("the receipt")),
            table("oidc_states", "a sign-in elsewhere that is under way", "hash", "hash! sealed! expires_at@")
                    .nobodys("sealed, bound to no person yet, and gone within minutes"),
            table(
                            "due_work",
                            "what is to be done, by ids",
                            "kind, id",
                            "kind id part rank due_at@ owner lease_until@ fence attempts priority")
                    .nobodys("ids alone; each row goes with its work"),
            table("work_owners", "which node works", "kind, owner", "kind owner lease_until@")
                    .nobodys("nodes"),
            table("limit_nodes", "which nodes share the limits", "node", "node seen_at@")
                    .nobodys("nodes"),
            table("installation", "what the installation is", "name", "name value!")
                    .nobodys("the installation's own"),
            table("model_pace", "how long a model's jobs take", "model, length", "model length runs")
                    .nobodys("sums over everybody"),
            table(
                            "price_versions",
                            "a price that was once in force",
                            "model, version",
                            "model version body first_seen@")
                    .nobodys("the price list"),
            table("audit_runs", "a run of the audit", "id", "id scope asked_by started_at@ took_ms broken")
                    .nobodys("the installation's own"),
            table(
                            "audit_results",
                            "what a check of a run found, by ids and amounts",
                            "run, check_id",
                            "run check_id sentence seen broken examples took_ms")
                    .nobodys("ids and amounts; the latest runs alone are kept"),
            table(
                            "audit_latest",
                            "what a check found last, by ids and amounts",
                            "check_id",
                            "check_id run sentence seen broken examples took_ms at@ since@")
                    .nobodys("ids and amounts; replaced by the next run"),
            table("audit_watermark", "how far the ledger was verified", "name", "name through@")
                    .nobodys("the installation's own"),
            table(
                            "audit_sums",
                            "what an organization's transfers came to when they were verified",
                            "organization",
                            "organization through@ available$ held$ platform$")
                    .organization(where("organization = :id").kept("sums of the ledger")),
            table(
                            "hold_cases",
                            "a hold that was stuck, and what was done",
                            "hold, found",
                            "hold organization found outcome amount$ held_at@ at@")
                    .organization(where("organization = :id").inArchive().kept("the ledger's history")),
            table("reconciliations", "an upstream's invoice, matched with what was used there", "id", """
                            id provider period file_hash tolerance! file_rows matched differing ours_only theirs_only ours_total!
                            theirs_total! ready created_at@ created_by""")
                    .nobodys("between the installation and its upstream"),
            table(
                            "reconciliation_lines",
                            "a request or a day on an upstream's invoice, by ids and amounts",
                            "reconciliation, number",
                            """
                            reconciliation number verdict basis request usage_id model day ours_units theirs_units ours!
                            ours_source theirs! difference! booked_at@""")
                    .nobodys("between the installation and its upstream; a usage row's id names no one"),
            table("flyway_schema_history", "the migrations that were made", "installed_rank", """
                            installed_rank version description type script checksum installed_by installed_on execution_time
                            success""")
                    .nobodys("the installation's own"));

    private OtherTables() {}
}
