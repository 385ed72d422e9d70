package dev.millrace.access;

import dev.millrace.db.Row;
import dev.millrace.db.Tx;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The organizations of this installation. */
public final class Organizations {
    private static final int NAME_MAX = 100;
    private static final String COLUMNS = "select id, name, operator, created_at, time_zone from organizations";

    private final IdSource ids;

    public Organizations(IdSource ids) {
        this.ids = ids;
    }

    /**
     * Adds an organization, without wallet or key.
     *
     * @throws IllegalArgumentException when the name is blank or longer than 100 letters
     */
    public OrganizationId create(Tx tx, String name) {
        OrganizationId id = ids.organization();
        insert(tx, id, name, false);
        return id;
    }

    /** Adds the organization that runs this installation, and so may make others; empty when there is one already. */
    public Optional<OrganizationId> createOperator(Tx tx, String name) {
        OrganizationId id = ids.organization();
        return insert(tx, id, name, true) == 1 ? Optional.of(id) : Optional.empty();
    }

    private static int insert(Tx tx, OrganizationId id, String name, boolean operator) {
        return tx.update(
                "insert into organizations (id, name, operator, created_at) values (?, ?, ?, ?) on conflict do nothing",
                id,
                checkedName(name),
                operator,
                tx.now());
    }

    public Optional<Organization> find(Tx tx, OrganizationId id) {
        return tx.one(COLUMNS + " where id = ?", Organizations::read, id);
    }

    /** The time zone in which its days and months begin; UTC for one that is not there. */
    public ZoneId timeZone(Tx tx, OrganizationId id) {
        return find(tx, id).map(Organization::timeZone).orElse(ZoneOffset.UTC);
    }

    /** Every organization, the oldest first. */
    public List<Organization> list(Tx tx) {
        return tx.list(COLUMNS + " order by created_at, id", Organizations::read);
    }

    /** Whether nobody set this installation up yet. */
    public boolean none(Tx tx) {
        return tx.list("select id from organizations limit 1", row -> row.text("id"))
                .isEmpty();
    }

    /**
     * Gives an organization another name.
     *
     * @throws IllegalArgumentException when the name is blank or longer than 100 letters
     */
    public boolean rename(Tx tx, OrganizationId id, String name) {
        return tx.won("update organizations set name = ? where id = ?", checkedName(name), id);
    }

    /** Lets the organization's days and months begin in that time zone from now on. */
    public boolean moveTo(Tx tx, OrganizationId id, ZoneId timeZone) {
        return tx.won("update organizations set time_zone = ? where id = ?", timeZone.getId(), id);
    }

    /** The time zone of this name; empty when there is none of it, or it is a mere offset. */
    public static Optional<ZoneId> timeZone(String name) {
        return ZoneId.getAvailableZoneIds().contains(name) ? Optional.of(ZoneId.of(name)) : Optional.empty();
    }

    /** @throws IllegalArgumentException when the name is blank, longer than 100 letters, or has control characters */
    public static String checkedName(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty()
                || stripped.length() > NAME_MAX
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a name has 1 to " + NAME_MAX + " letters and no control characters");
        }
        return stripped;
    }

    private static Organization read(Row row) {
        return new Organization(
                new OrganizationId(row.uuid("id")),
                row.text("name"),
                row.flag("operator"),
                row.instant("created_at"),
                ZoneId.of(row.text("time_zone")));
    }
}
