package dev.millrace.api.millrace;

import dev.millrace.access.Principal;
import dev.millrace.admission.Repeats;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.idempotency.Fingerprint;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.idempotency.IdempotencyKey;
import dev.millrace.server.Request;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Creates something in one transaction, once for each {@code Idempotency-Key}: the key is taken and done in that same one. */
public final class CreateOnce {
    private final Database database;
    private final Idempotency idempotency;

    public CreateOnce(Database database, Idempotency idempotency) {
        this.database = database;
        this.idempotency = idempotency;
    }

    /** What was created, with the id under which a repeat finds it. */
    public record Created<T>(String id, T value) {}

    /** @param replayed whether it was created by an earlier request */
    public record Result<T>(T value, boolean replayed) {}

    /**
     * Creates it, or finds what an earlier request with the same key created.
     *
     * @param surface the route, under which a key is unique
     */
    public <T> Result<T> write(
            Request request,
            String surface,
            Principal principal,
            Fields body,
            Function<Tx, Created<T>> create,
            BiFunction<Tx, String, T> find) {
        Optional<IdempotencyKey> key =
                request.header(IdempotencyKey.HEADER).map(text -> Repeats.key(principal, surface, text));
        Fingerprint fingerprint = Fingerprint.of(body.object());
        return database.writer().write(principal.organization().text(), tx -> {
            Optional<String> earlier = key.flatMap(taken ->
                    idempotency.start(tx, taken, fingerprint, Idempotency.LIVE).replayed());
            if (earlier.isPresent()) {
                return new Result<>(find.apply(tx, earlier.get()), true);
            }
            Created<T> created = create.apply(tx);
            key.ifPresent(taken -> idempotency.done(tx, taken, created.id()));
            return new Result<>(created.value(), false);
        });
    }
}
