package dev.millrace.loras;

import dev.millrace.assets.Assets;
import dev.millrace.crypto.Seal;
import dev.millrace.db.Database;
import dev.millrace.db.Keyset;
import dev.millrace.db.Tx;
import dev.millrace.id.AssetId;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every LoRA of this installation: begun and ended by its job, listed, used by id, archived. */
public final class Loras {
    /** The end of a retention that has none. */
    private static final Instant FOR_GOOD = Instant.parse("9999-01-01T00:00:00Z");

    private static final Duration COME_BACK = Duration.ofSeconds(30);

    private final Database database;
    private final Assets assets;
    private final LoraStore store;
    private final int trainingMax;

    /** @param trainingMax how many of one organization may be in training */
    public Loras(Database database, Assets assets, Seal seal, int trainingMax) {
        this.database = database;
        this.assets = assets;
        this.store = new LoraStore(seal);
        this.trainingMax = trainingMax;
    }

    /**
     * Notes that a job is to train one.
     *
     * @throws dev.millrace.problem.ProblemException {@code CONCURRENCY_REACHED} when as many are in training as may be
     */
    public void begin(Tx tx, Lora lora) {
        if (store.training(tx, lora.organization()) >= trainingMax) {
            throw new Problem(
                            ProblemCode.CONCURRENCY_REACHED,
                            "The team has " + trainingMax
                                    + " trainings in flight, which is all it may have; wait for one to" + " end.",
                            List.of(),
                            Map.of("limit", trainingMax),
                            COME_BACK)
                    .toException();
        }
        store.insert(tx, lora);
    }

    /**
     * Notes how its job ended; nothing happens when the job was to train none.
     *
     * @param weights what the job made, kept from now on unless the LoRA was archived meanwhile; null when it failed
     */
    public void end(
            Tx tx,
            OrganizationId organization,
            JobId id,
            @Nullable AssetId weights,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {
        boolean wanted = store.find(tx, organization, id)
                .filter(lora -> !lora.archived())
                .isPresent();
        boolean ready = wanted && weights != null && assets.keep(tx, weights, FOR_GOOD);
        store.end(tx, id, ready ? LoraState.READY : LoraState.FAILED, ready ? weights : null, startedAt, endedAt);
    }

    /** The organization's LoRA; empty for another's as for none. */
    public Optional<Lora> find(OrganizationId organization, JobId id) {
        return database.read(tx -> store.find(tx, organization, id));
    }

    /**
     * The organization's LoRA that a request names by its id, when that can be used.
     *
     * @param field the parameter that names it
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} when it is not theirs, or not ready
     */
    public Lora usable(Tx tx, OrganizationId organization, String field, String id) {
        Lora lora = JobId.parse(id)
                .flatMap(known -> store.find(tx, organization, known))
                .orElseThrow(() -> Problem.parameter(field, "is no LoRA of yours; GET /v2/loras names them.")
                        .toException());
        AssetId weights = lora.weights();
        if (!lora.usable() || weights == null || !assets.isStored(tx, weights)) {
            throw Problem.parameter(field, "can not be used: the LoRA is not READY.")
                    .toException();
        }
        return lora;
    }

    /** The same, read by itself. */
    public Lora usable(OrganizationId organization, String field, String id) {
        return database.read(tx -> usable(tx, organization, field, id));
    }

    /**
     * The organization's LoRAs, newest first.
     *
     * @param after the last one of the page before; null for the first page
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} when there is none of that id
     */
    public LoraPage list(OrganizationId organization, @Nullable JobId after, boolean archived, int limit) {
        List<Lora> found = database.read(tx -> {
            Keyset place = after == null ? Keyset.START : place(tx, organization, after);
            return store.list(tx, organization, place.time(), place.id(), archived, limit + 1);
        });
        boolean more = found.size() > limit;
        return new LoraPage(more ? found.subList(0, limit) : found, more);
    }

    private Keyset place(Tx tx, OrganizationId organization, JobId id) {
        Lora last = store.find(tx, organization, id)
                .orElseThrow(() -> Problem.parameter(
                                "cursor", "is no cursor of this list; send nextCursor of the page before.")
                        .toException());
        return new Keyset(last.createdAt(), last.id().text());
    }

    /** Hides one for good and removes its weights; false when the organization has none of this id. A repeat is a no-op. */
    public boolean archive(OrganizationId organization, JobId id) {
        Optional<Lora> found = database.writer().write(organization.text(), tx -> {
            Optional<Lora> lora = store.find(tx, organization, id);
            lora.ifPresent(one -> archive(tx, one));
            return lora;
        });
        found.map(Lora::weights).ifPresent(weights -> assets.purge(List.of(weights)));
        return found.isPresent();
    }

    private void archive(Tx tx, Lora lora) {
        AssetId weights = lora.weights();
        if (store.archive(tx, lora.id()) && weights != null) {
            assets.hide(tx, weights);
        }
    }
}
