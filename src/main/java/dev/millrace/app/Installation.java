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
        String mark = Digest.hex(Digest.hmacSha256(masterKey, LABEL));
        String stored = database.writer().write("setup", tx -> {
            tx.update(
                    "insert into installation (name, value) values (?, ?) on conflict (name) do nothing",
                    MASTER_KEY,
                    mark);
            return tx.one("select value from installation where name = ?", row -> row.text("value"), MASTER_KEY)
                    .orElseThrow();
        });
        if (!stored.equals(mark)) {
            throw new ConfigException(
                    "the master key is not the one that this database was set up with: bring its master.key, or set"
                            + " MILLRACE_SECURITY_MASTER_KEY to it");
        }
    }
}
