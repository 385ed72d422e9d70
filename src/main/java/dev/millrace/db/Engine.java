package dev.millrace.db;

import java.util.List;

/** One kind of database, opened: where its sessions come from. */
sealed interface Engine extends AutoCloseable permits SqliteEngine, SqliteBeside, PostgresEngine {
    SqlDialect dialect();

    /** What opens the connection of one lane, once per lane; none where nothing may be written. */
    List<Sessions> lanes();

    Readers readers();

    /** Lets nothing of what was deleted stand in files of ours, where that is up to us; false when it has to be tried again. */
    boolean forget();

    /** Releases what is neither a lane's nor a reader's; called last. */
    @Override
    void close();
}
