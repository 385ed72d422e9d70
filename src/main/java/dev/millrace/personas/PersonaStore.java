package dev.millrace.personas;

import dev.millrace.crypto.Seal;
import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.AssetId;
import dev.millrace.id.JobId;
import dev.millrace.id.OrganizationId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of personas. */
final class PersonaStore {
    private static final String SELECT = "select id, organization, name, state, sheet, created_at from personas";

    private final Seal seal;

    PersonaStore(Seal seal) {
        this.seal = seal;
    }

    void insert(Tx tx, Persona persona) {
        byte[] name = seal.seal(
                persona.name().getBytes(StandardCharsets.UTF_8),
                context(persona.id().text()));
        tx.update(
                "insert into personas (id, organization, name, state, sheet, created_at) values (?, ?, ?, ?, ?, ?)",
                persona.id(),
                persona.organization(),
                name,
                persona.state(),
                persona.sheet(),
                persona.createdAt());
    }

    /** False when it has ended already, or was never begun. */
    boolean end(Tx tx, JobId id, PersonaState end, @Nullable AssetId sheet) {
        return tx.won("update personas set state = ?, sheet = ? where id = ? and state = 'learning'", end, sheet, id);
    }

    boolean delete(Tx tx, JobId id) {
        return tx.won("delete from personas where id = ?", id);
    }

    Optional<Persona> find(Tx tx, JobId id) {
        return tx.one(SELECT + " where id = ?", this::read, id);
    }

    List<Persona> list(Tx tx, OrganizationId organization, long offset, int limit) {
        return tx.list(
                SELECT + " where organization = ? order by created_at desc, id desc limit ? offset ?",
                this::read,
                organization,
                limit,
                offset);
    }

    long count(Tx tx, OrganizationId organization) {
        return tx.count("select count(*) from personas where organization = ?", organization);
    }

    private Persona read(Row row) {
        String id = row.text("id");
        String sheet = row.textOrNull("sheet");
        return new Persona(
                JobId.parse(id).orElseThrow(),
                OrganizationId.parse(row.text("organization")).orElseThrow(),
                new String(seal.open(row.bytes("name"), context(id)), StandardCharsets.UTF_8),
                PersonaState.of(row.text("state")),
                sheet == null ? null : AssetId.parse(sheet).orElseThrow(),
                row.instant("created_at"));
    }

    private static String context(String id) {
        return "persona:" + id + ":name";
    }
}
