package dev.millrace.loras;

import dev.millrace.crypto.Seal;
import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.AssetId;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of LoRAs. */
final class LoraStore {
    private static final String SELECT = "select id, organization, state, archived, subject, images, steps, lora_rank,"
            + " weights, created_at, started_at, ended_at from loras";

    private final Seal seal;

    LoraStore(Seal seal) {
        this.seal = seal;
    }

    void insert(Tx tx, Lora lora) {
        tx.update(
                "insert into loras (id, organization, state, archived, subject, images, steps, lora_rank, created_at)"
                        + " values (?, ?, ?, 0, ?, ?, ?, ?, ?)",
                lora.id(),
                lora.organization(),
                lora.state(),
                seal.seal(lora.subject().bytes(), context(lora.id().text())),
                lora.images(),
                lora.steps(),
                lora.rank(),
                lora.createdAt());
    }

    /** False when it has ended already, or was never begun. */
    boolean end(
            Tx tx,
            JobId id,
            LoraState end,
            @Nullable AssetId weights,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {
        return tx.won(
                "update loras set state = ?, weights = ?, started_at = ?, ended_at = ? where id = ? and state = 'training'",
                end,
                weights,
                startedAt,
                endedAt,
                id);
    }

    /** False when it is archived already. */
    boolean archive(Tx tx, JobId id) {
        return tx.won("update loras set archived = 1, weights = null where id = ? and archived = 0", id);
    }

    Optional<Lora> find(Tx tx, OrganizationId organization, JobId id) {
        return tx.one(SELECT + " where id = ? and organization = ?", this::read, id, organization);
    }

    /** Up to {@code max} behind a place, newest first. */
    List<Lora> list(Tx tx, OrganizationId organization, Instant before, String id, boolean archived, int max) {
        return tx.list(
                SELECT + " where organization = ? and (created_at, id) < (?, ?)" + (archived ? "" : " and archived = 0")
                        + " order by created_at desc, id desc limit ?",
                this::read,
                organization,
                before,
                id,
                max);
    }

    long training(Tx tx, OrganizationId organization) {
        return tx.count("select count(*) from loras where organization = ? and state = 'training'", organization);
    }

    private Lora read(Row row) {
        String id = row.text("id");
        String weights = row.textOrNull("weights");
        return new Lora(
                JobId.parse(id).orElseThrow(),
                OrganizationId.parse(row.text("organization")).orElseThrow(),
                LoraState.of(row.text("state")),
                row.flag("archived"),
                LoraSubject.of(seal.open(row.bytes("subject"), context(id))),
                Math.toIntExact(row.number("images")),
                Math.toIntExact(row.number("steps")),
                Math.toIntExact(row.number("lora_rank")),
                weights == null ? null : AssetId.parse(weights).orElseThrow(),
                row.instant("created_at"),
                row.instantOrNull("started_at"),
                row.instantOrNull("ended_at"));
    }

    private static String context(String id) {
        return "lora:" + id + ":subject";
    }
}
