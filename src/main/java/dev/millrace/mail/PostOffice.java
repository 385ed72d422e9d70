package dev.millrace.mail;

import dev.millrace.crypto.Seal;
import dev.millrace.db.Database;
import dev.millrace.db.Tx;
import dev.millrace.lease.DueWork;
import dev.millrace.lease.Workers;
import dev.millrace.lease.WorkersSettings;
import dev.millrace.mail.MailState.Progress;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Takes letters and sends them, of this node. Safe for all threads. */
public final class PostOffice implements AutoCloseable {
    static final String KIND = "mail";
    private static final int AT_ONCE = 8;

    private final DueWork dueWork;
    private final MailSettings settings;
    private final MailStore store = new MailStore();
    private final SealedLetter sealed;
    private final Workers postmen;

    /**
     * @param owner names this start of this node
     * @param random makes the waits uneven
     * @param clock dates letters
     */
    public PostOffice(
            Database database,
            DueWork dueWork,
            Seal seal,
            MailSettings settings,
            String owner,
            RandomGenerator random,
            InstantSource clock,
            MeterRegistry metrics) {
        this.dueWork = dueWork;
        this.settings = settings;
        this.sealed = new SealedLetter(seal);
        Postman postman = new Postman(
                database, dueWork, store, sealed, new Smtp(settings, clock), settings.giveUpAfter(), random, metrics);
        // A letter may take as long as each of its answers may: its lease is renewed meanwhile.
        WorkersSettings few = WorkersSettings.DEFAULTS.withMaxRunning(AT_ONCE);
        this.postmen = new Workers(database, dueWork, KIND, owner, few, postman, metrics);
    }

    /** Whether letters are sent here. */
    public boolean on() {
        return settings.on();
    }

    /**
     * Puts a letter in, to be sent once this transaction is durable. Nobody waits for the mail server.
     *
     * @param id names the letter; what is put in twice is sent once
     * @param kind what sort of letter it is, for the record
     * @param part on whose behalf: organizations and people take turns
     * @param to an address
     * @return false when letters are not sent here, or one of this id is in already
     */
    public boolean put(Tx tx, String id, String kind, String part, String to, Letter letter) {
        if (!on() || !store.add(tx, id, kind, sealed.seal(id, new SealedLetter.Addressed(to, letter)))) {
            return false;
        }
        dueWork.add(tx, KIND, id, part, tx.now());
        tx.afterCommit(postmen::wake);
        return true;
    }

    /** How far a letter has come; empty when there is none, or its record was pruned. */
    public Optional<MailState> state(Tx tx, String id) {
        return store.find(tx, id);
    }

    /** The latest letters, newest first; null for all of them. */
    public List<MailState> latest(Tx tx, @Nullable Progress progress, int limit) {
        return store.latest(tx, progress, limit);
    }

    /** Removes records of letters that ended a while ago, at most so many. */
    public int prune(Tx tx, int limit) {
        return store.prune(tx, tx.now().minus(settings.keep()), limit);
    }

    /** Begins to send, where letters are sent. */
    public void start() {
        if (on()) {
            postmen.start();
        }
    }

    /** Begins no more attempts, and lets those that run finish for the given time. */
    public void drain(Duration limit) {
        if (on()) {
            postmen.drain(limit);
        }
    }

    @Override
    public void close() {
        drain(Duration.ZERO);
    }
}
