package dev.millrace.jobs;

import dev.millrace.db.Tx;
import java.util.List;
import java.util.Map;

/** The rows of what was learnt about the pace of models. */
final class PaceStore {
    private PaceStore() {}

    /** So many runs of a model were of this class of length. */
    record Learnt(String model, int length, long runs) {}

    static List<Learnt> all(Tx tx) {
        return tx.list(
                "select model, length, runs from model_pace",
                row -> new Learnt(row.text("model"), Math.toIntExact(row.number("length")), row.number("runs")));
    }

    static void add(Tx tx, String model, Map<Integer, Long> runs) {
        runs.forEach((length, count) -> tx.update(
                "insert into model_pace (model, length, runs) values (?, ?, ?)"
                        + " on conflict (model, length) do update set runs = model_pace.runs + excluded.runs",
                model,
                length,
                count));
    }
}
