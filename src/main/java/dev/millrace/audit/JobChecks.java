package dev.millrace.audit;

import java.util.List;

/** The invariants of jobs, and between jobs and their money. */
final class JobChecks {
    private static final String COUNT_JOBS = "select count(*) from jobs";
    private static final String TERMINAL = "('completed', 'failed', 'nsfw', 'canceled')";

    static final String M7 =
            "Every accepted job has exactly one hold; completed ones are charged once, all others nothing.";

    private JobChecks() {}

    static List<Check> all() {
        return List.of(m7(), j1(), j1AtRest(), j3(), j4(), slots());
    }

    private static Check m7() {
        return new SqlCheck("M7", M7, COUNT_JOBS, m7Of("jobs j"));
    }

    /** Which of some jobs and which open holds break M7. */
    static String m7Of(String jobs) {
        return """
                select j.id || ': ' || j.state || ', hold ' || j.hold || ', charge ' || coalesce(j.charge, 0) || '; wallet: '
                    || coalesce(h.state, 'no hold') || ', ' || coalesce(h.amount, 0) || ', ' || coalesce(h.charge, 0) as what
                from {jobs} left join holds h on h.id = 'job:' || j.id
                where h.id is null or h.organization <> j.organization or h.amount <> j.hold
                    or h.terms <> j.model || '@' || j.price_version
                    or h.state <> case j.state when 'queued' then 'open' when 'running' then 'open'
                        when 'completed' then 'settled' else 'released' end
                    or coalesce(j.charge, 0) <> h.charge
                union all
                select id || ': open, and there is no such job' from holds
                where state = 'open' and id like 'job:%' and not exists (
                    select 1 from jobs where jobs.id = substr(holds.id, 5))""".replace("{jobs}", jobs);
    }

    private static Check j1() {
        return new SqlCheck(
                "J1",
                "Every job reaches at most one terminal state, and is in the state that it reached last.",
                COUNT_JOBS,
                "select j.id || ': ' || j.state || ', ends ' || coalesce(e.ends, 0) || ', last ' || coalesce(l.state, 'none')"
                        + " as what from jobs j left join (select job, max(number) as number,"
                        + " sum(case when state in " + TERMINAL + " then 1 else 0 end) as ends"
                        + " from job_events group by job) e on e.job = j.id"
                        + " left join job_events l on l.job = e.job and l.number = e.number"
                        + " where l.state is null or l.state <> j.state"
                        + " or e.ends <> case when j.state in " + TERMINAL + " then 1 else 0 end"
                        + " or (j.finished_at is not null) <> (j.state in " + TERMINAL + ")");
    }

    private static Check j1AtRest() {
        return new SqlCheck(
                "J1-rest",
                "At rest every job has reached its terminal state.",
                true,
                COUNT_JOBS,
                "select id || ': ' || state as what from jobs where state not in " + TERMINAL);
    }

    private static Check j3() {
        return new SqlCheck(
                "J3",
                "The history of every job is a path of the diagram: queued, then maybe running, then one end.",
                "select count(*) from job_events",
                "select job || ': ' || coalesce(before, 'nothing') || ' then ' || state as what from ("
                        + "select job, state, lag(state) over (partition by job order by number) as before from job_events"
                        + ") steps where not (case coalesce(before, 'nothing') when 'nothing' then state = 'queued'"
                        + " when 'queued' then state in ('running', 'failed', 'nsfw', 'canceled')"
                        + " when 'running' then state in " + TERMINAL + " else 1 = 0 end)");
    }

    static Check j4() {
        return new SqlCheck(
                "J4",
                "Whatever is open is due work, so that no crash can make anyone forget it.",
                "select count(*) from holds where state = 'open'",
                """
                select id || ' is held and nobody will come for it' as what from holds
                where state = 'open' and (
                    (id like 'job:%' and not exists (
                        select 1 from due_work d where d.kind = 'job' and d.id = substr(holds.id, 5)))
                    or (id like 'live:%' and not exists (
                        select 1 from due_work d where d.kind = 'live' and d.id = substr(holds.id, 6)))
                    or (id like 'block:%' and not exists (
                        select 1 from due_work d where d.kind = 'block' and d.id = substr(holds.id, 7))))""");
    }

    private static Check slots() {
        return new SqlCheck(
                "L1",
                "The open jobs that are counted of every organization are its open jobs.",
                "select count(*) from job_slots",
                """
                select o.organization || ': counted ' || coalesce(s.open_jobs, 0) || ', open ' || coalesce(j.open_jobs, 0) as what
                from (select organization from job_slots
                    union select organization from jobs where finished_at is null) o
                left join job_slots s on s.organization = o.organization
                left join (select organization, count(*) as open_jobs from jobs where finished_at is null
                    group by organization) j on j.organization = o.organization
                where coalesce(s.open_jobs, 0) <> coalesce(j.open_jobs, 0)""");
    }
}
