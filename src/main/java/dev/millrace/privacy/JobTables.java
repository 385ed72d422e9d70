package dev.millrace.privacy;

import static dev.millrace.privacy.Entry.table;
import static dev.millrace.privacy.Rule.where;

import java.util.List;

/** The tables of jobs, of the files that they take and make, and of who is told. */
final class JobTables {
    private static final String OF_JOBS = "job in (select j.id from jobs j where j.organization = :id)";
    private static final String OF_DELIVERIES =
            "event in (select d.event from webhook_deliveries d where d.organization = :id)";
    private static final String WITH_JOB = "states and moments; goes with its job, after jobs.keep_rows";

    static final List<Entry> ALL = List.of(
            table("webhook_attempts", "one attempt to tell", "event, number", "event number at@ outcome latency_ms")
                    .organization(where(OF_DELIVERIES).inArchive()),
            table("webhook_passing", "which progress is on its way", "subject", "subject event last_event")
                    .organization(where(OF_DELIVERIES)),
            table("webhook_deliveries", "something told to an address of the customer", "event", """
                            event organization policy state sealed_target!* sealed_body!* attempts last_outcome created_at@
                            first_attempt_at@ next_attempt_at@ ended_at@ subject""")
                    .organization(where("organization = :id").inArchive()),
            table("job_inputs", "a file that a job works on", "job, field", "job field asset")
                    .organization(where(OF_JOBS).inArchive()),
            table(
                            "job_outputs",
                            "a file that a job made",
                            "job, position",
                            "job position asset file_name* content_type bytes sha256 facts* erased_at@")
                    .organization(
                            where(OF_JOBS).inArchive().blanked("file_name = '', sha256 = '', facts = '{}'", WITH_JOB)),
            table("job_events", "a state that a job reached", "job, number", "job number state at@")
                    .organization(where(OF_JOBS).inArchive().kept(WITH_JOB)),
            table("job_stops", "a job that must stop", "job", "job")
                    .organization(where(OF_JOBS).kept(WITH_JOB)),
            table("job_calls", "a job that its upstream called back about", "job", "job at@")
                    .organization(where(OF_JOBS).kept(WITH_JOB)),
            table("job_sets", "how many pictures a job set has", "job", "job size created_at@")
                    .organization(where(OF_JOBS).kept(WITH_JOB)),
            table(
                            "openai_videos",
                            "what was asked of a video in OpenAI's dialect",
                            "job",
                            "job organization seconds size remixed_from created_at@")
                    .organization(where("organization = :id").inArchive()),
            table("loras", "weights that a job trained", "id", """
                            id organization state archived subject!* images steps lora_rank weights! created_at@ started_at@
                            ended_at@""")
                    .organization(where("organization = :id").inArchive()),
            table(
                            "personas",
                            "someone that a job learnt from pictures",
                            "id",
                            "id organization name!* state sheet! created_at@")
                    .organization(where("organization = :id").inArchive()),
            table("jobs", "a durable request", "id", """
                            id organization key_id environment dialect model modality state progress created_at@ started_at@
                            finished_at@ expires_at@ deleted_at@ retention_ms hold$ charge$ price_version problem problem_detail*
                            provider upstream_model submission intent upstream_id exposed sealed!* priority webhook_status
                            cancel_asked reason* lost$ waiting""")
                    .organization(where("organization = :id")
                            .inArchive()
                            .blanked(
                                    "sealed = null, problem_detail = null, upstream_id = null, reason = null",
                                    "what it cost is the ledger's; the row goes after jobs.keep_rows")),
            table(
                            "job_slots",
                            "how many jobs are open",
                            "organization",
                            "organization open_jobs active_jobs plan max_open max_running")
                    .organization(where("organization = :id").inArchive().kept("a count that the audit checks")),
            table("key_job_slots", "how many jobs of a key are open", "key_id", "key_id open_jobs max_open")
                    .organization(where("key_id in (select k.id from api_keys k where k.organization = :id)")
                            .inArchive()
                            .kept("a count")),
            table("assets", "a stored file", "id", """
                            id organization kind state location! file_name* content_type bytes sha256 created_at@ expires_at@
                            erased_at@ erased""")
                    .organization(where("organization = :id and state = 'gone'")
                            .inArchiveAs(
                                    "id kind state file_name* content_type bytes sha256 created_at@ expires_at@ erased_at@ erased",
                                    """
                                    select id, kind, state, file_name, content_type, bytes, sha256, created_at, expires_at, erased_at,
                                        erased from assets where organization = :id order by id""")),
            table("storage_marks", "that uploads were counted", "organization", "organization uploads")
                    .organization(where("organization = :id")),
            table("erasures", "that all files are being erased", "organization", "organization asked_at@")
                    .organization(where("organization = :id")));

    private JobTables() {}
}
