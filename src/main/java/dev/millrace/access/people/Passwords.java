package dev.millrace.access.people;

import dev.millrace.crypto.Digest;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords and checks them (Argon2id), on a few threads of its own: a flood of sign-ins waits for these, and takes the
 * processor from nobody else. Safe for all threads.
 */
public final class Passwords implements AutoCloseable {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int WAITING_MAX = 64;
    private static final int LENGTH_MAX = 200;
    private static final Duration COME_BACK = Duration.ofSeconds(5);

    private final PeopleSettings settings;
    private final SecureRandom random;
    private final ThreadPoolExecutor pool;
    private final String nobodys;

    public Passwords(PeopleSettings settings, SecureRandom random) {
        this.settings = settings;
        this.random = random;
        this.pool = new ThreadPoolExecutor(
                settings.passwordThreads(),
                settings.passwordThreads(),
                1,
                TimeUnit.MINUTES,
                new ArrayBlockingQueue<>(WAITING_MAX),
                Thread.ofPlatform().name("passwords-", 0).daemon().factory());
        pool.allowCoreThreadTimeOut(true);
        byte[] salt = new byte[SALT_BYTES];
        // What nobody's password is compared with: it costs what any other does, and no password fits.
        this.nobodys = new Argon2Text(memoryKib(), settings.passwordPasses(), salt, new byte[HASH_BYTES]).text();
    }

    /**
     * The hash of a new password, as it is stored.
     *
     * @param field what the password is called in the request; named where it will not do
     * @throws ProblemException {@code INVALID_PARAMETER} when it is too short, too long, or the address itself; {@code UNAVAILABLE} with
     *     Retry-After when too many wait
     */
    public String hash(String field, String password, Email email) {
        if (password.codePointCount(0, password.length()) < settings.passwordLeast()) {
            throw Problem.parameter(field, "must have at least " + settings.passwordLeast() + " characters.")
                    .toException();
        }
        if (password.length() > LENGTH_MAX) {
            throw Problem.parameter(field, "must have at most " + LENGTH_MAX + " characters.")
                    .toException();
        }
        if (password.equalsIgnoreCase(email.text())
                || password.chars().distinct().count() < 4) {
            throw Problem.parameter(field, "is too easily guessed; a few words that do not belong together are better.")
                    .toException();
        }
        return again(password);
    }

    /** The hash of a password that is known to be good. */
    public String again(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        int passes = settings.passwordPasses();
        byte[] hash = inTurn(() -> hash(password, memoryKib(), passes, salt));
        return new Argon2Text(memoryKib(), passes, salt, hash).text();
    }

    /**
     * Whether the password is the one that was hashed. It takes the same time where there is none.
     *
     * @param stored null where there is nobody, or somebody without a password
     * @throws ProblemException {@code UNAVAILABLE} with Retry-After when too many wait
     */
    public boolean fits(String password, @Nullable String stored) {
        if (password.length() > LENGTH_MAX) {
            return false;
        }
        Argon2Text of = Argon2Text.parse(stored == null ? nobodys : stored);
        boolean same = inTurn(() -> Digest.same(hash(password, of.memoryKib(), of.passes(), of.salt()), of.hash()));
        return same && stored != null;
    }

    /** Whether a hash was made with other settings than today's, and should be made anew when its password is at hand. */
    public boolean outdated(String stored) {
        Argon2Text of = Argon2Text.parse(stored);
        return of.memoryKib() != memoryKib() || of.passes() != settings.passwordPasses();
    }

    private int memoryKib() {
        return Math.toIntExact(settings.passwordMemoryBytes() >> 10);
    }

    private static byte[] hash(String password, int memoryKib, int passes, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(passes)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(password.toCharArray(), hash);
        return hash;
    }

    private <R> R inTurn(Callable<R> work) {
        try {
            return pool.submit(work).get();
        } catch (RejectedExecutionException full) {
            throw Problem.of(ProblemCode.UNAVAILABLE, "Too many people sign in at this moment; try again shortly.")
                    .withRetryAfter(COME_BACK)
                    .toException();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
