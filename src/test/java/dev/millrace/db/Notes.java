package dev.millrace.db;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The table that the tests of this room write to. */
final class Notes {
    private Notes() {}

    static void create(Database database) {
        database.writer().write("notes", tx -> tx.update("create table note (id text primary key, n bigint not null)"));
    }

    static void add(Tx tx, String id, long number) {
        tx.update("insert into note (id, n) values (?, ?)", id, number);
    }

    static List<String> ids(Database database) {
        return database.read(tx -> tx.list("select id from note order by n, id", row -> row.text("id")));
    }

    /** Holds a lane until the latch opens, so that what is submitted meanwhile becomes one batch. */
    static void hold(Writer writer, String lane, CountDownLatch until) {
        var begun = new CountDownLatch(1);
        writer.submit(lane, tx -> {
            begun.countDown();
            await(until);
            return 0;
        });
        await(begun);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
