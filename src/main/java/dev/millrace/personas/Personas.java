package dev.millrace.personas;

import dev.millrace.assets.Assets;
import dev.millrace.crypto.Seal;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.id.AssetId;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every persona of this installation: begun and ended by its job, listed, used by id, deleted. */
public final class Personas {
    /** The end of a retention that has none. */
    private static final Instant FOR_GOOD = Instant.parse("9999-01-01T00:00:00Z");

    private final Database database;
    private final Assets assets;
    private final PersonaStore store;

    public Personas(Database database, Assets assets, Seal seal) {
        this.database = database;
        this.assets = assets;
        this.store = new PersonaStore(seal);
    }

    /** Notes that this job is to learn one. */
    public void begin(Tx tx, JobId id, OrganizationId organization, String name, Instant now) {
        store.insert(tx, new Persona(id, organization, name, PersonaState.LEARNING, null, now));
    }

    /**
     * Notes how its job ended; nothing happens when the job was to learn none.
     *
     * @param sheet what the job made, kept from now on; null when it failed
     */
    public void end(Tx tx, JobId id, @Nullable AssetId sheet) {
        boolean ready = sheet != null && assets.keep(tx, sheet, FOR_GOOD);
        store.end(tx, id, ready ? PersonaState.READY : PersonaState.FAILED, ready ? sheet : null);
    }

    /** Forgets it; its sheet is the caller's to hide. */
    public void forget(Tx tx, JobId id) {
        store.delete(tx, id);
    }

    /** The organization's persona; empty for another's as for none. */
    public Optional<Persona> find(OrganizationId organization, JobId id) {
        return database.read(tx -> owned(tx, organization, id));
    }

    /** The organization's personas, newest first. */
    public PersonaPage list(OrganizationId organization, long offset, int limit) {
        return database.read(
                tx -> new PersonaPage(store.list(tx, organization, offset, limit), store.count(tx, organization)));
    }

    /**
     * Deletes one and its sheet.
     *
     * @return false when the organization has none of this id
     * @throws ProblemException {@code NOT_FINISHED} while it is being learnt
     */
    public boolean delete(OrganizationId organization, JobId id) {
        Optional<Persona> deleted = database.writer().write(organization.text(), tx -> {
            Optional<Persona> persona = owned(tx, organization, id);
            persona.ifPresent(found -> delete(tx, found));
            return persona;
        });
        deleted.map(Persona::sheet).ifPresent(sheet -> assets.purge(List.of(sheet)));
        return deleted.isPresent();
    }

    private void delete(Tx tx, Persona persona) {
        if (persona.state() == PersonaState.LEARNING) {
            throw new ProblemException(
                    ProblemCode.NOT_FINISHED,
                    "It is being learnt still; cancel its request, or wait, and delete it then.");
        }
        store.delete(tx, persona.id());
        AssetId sheet = persona.sheet();
        if (sheet != null) {
            assets.hide(tx, sheet);
        }
    }

    /** @throws ProblemException {@code INVALID_PARAMETER} on this field unless the organization has it, and it is ready */
    public void require(OrganizationId organization, String field, String id) {
        database.<Boolean>read(tx -> {
            require(tx, organization, field, id);
            return true;
        });
    }

    /** The same inside a transaction. */
    public void require(Tx tx, OrganizationId organization, String field, String id) {
        Persona persona = JobId.parse(id)
                .flatMap(known -> owned(tx, organization, known))
                .orElseThrow(() -> Problem.parameter(field, "there is no such reference; create one first.")
                        .toException());
        switch (persona.state()) {
            case READY -> {}
            case LEARNING ->
                throw Problem.parameter(field, "this reference is being learnt still; wait until it is completed.")
                        .toException();
            case FAILED ->
                throw Problem.parameter(field, "this reference could not be learnt; create another.")
                        .toException();
        }
    }

    /** The sheet of the persona of this id, whoever owns it; for who was let in by {@link #require}. */
    public Optional<AssetId> sheet(String id) {
        return JobId.parse(id)
                .flatMap(known -> database.read(tx -> store.find(tx, known)))
                .map(Persona::sheet);
    }

    private Optional<Persona> owned(Tx tx, OrganizationId organization, JobId id) {
        return store.find(tx, id).filter(persona -> persona.organization().equals(organization));
    }
}
