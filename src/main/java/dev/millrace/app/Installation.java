package dev.millrace.app;

import dev.millrace.config.ConfigException;
import dev.millrace.crypto.Digest;
import dev.millrace.db.Database;
import java.nio.charset.StandardCharsets;

/** What all nodes of one database must agree on. */
final class Installation {
    private static final String MASTER_KEY = "master_key";
    private static final byte[] LABEL = "millrace master key".getBytes(StandardCharsets.UTF_8);

    private Installation() {}

    /**
     * Ties the database to the master key, at the first start; later it must be the same one, or nothing that was sealed
     * could be opened. What is stored tells nothing of the key.
     *
     * @throws ConfigException when the database was set up with another master key
     */
    static void claim(Database database, byte[] masterKey) {
        String mark = mark(masterKey);
        String stored = database.writer().write("setup", tx -> {
            tx.update(
                    "insert into installation (name, value) values (?, ?) on conflict (name) do nothing",
                    MASTER_KEY,
                    mark);
            return tx.one("select value from installation where name = ?", row -> row.text("value"), MASTER_KEY)
                    .orElseThrow();
        });
        mustBe(stored, mark);
    }

    /**
     * Looks whether it is the master key that the database was set up with; ties nothing.
     *
     * @throws ConfigException when it is another
     */
    static void check(Database database, byte[] masterKey) {
        database.read(tx ->
                        tx.one("select value from installation where name = ?", row -> row.text("value"), MASTER_KEY))
                .ifPresent(stored -> mustBe(stored, mark(masterKey)));
    }

    private static String mark(byte[] masterKey) {
        return Digest.hex(Digest.hmacSha256(masterKey, LABEL));
    }

    private static void mustBe(String stored, String mark) {
        if (!stored.equals(mark)) {
            throw new ConfigException(
                    "the master key is not the one that this database was set up with: bring its master.key, or set"
                            + " MILLRACE_SECURITY_MASTER_KEY to it");
        }
    }
}
