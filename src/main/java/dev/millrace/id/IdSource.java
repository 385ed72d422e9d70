package dev.millrace.id;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoField;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes ids: UUIDs of version 7, which sort in the order in which one source made them and carry 62 random bits (RFC 9562,
 * section 6.2, method 3: the twelve bits behind the millisecond count its 4,096 parts), and opaque lower-case texts for key
 * ids and secrets.
 *
 * <p>Give it a {@link java.security.SecureRandom} wherever an id must not be guessed, that is, everywhere but in tests.
 */
public final class IdSource {
    private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

    private final InstantSource clock;
    private final RandomGenerator random;
    private final AtomicLong latest = new AtomicLong();

    public IdSource(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** A fresh UUID of version 7, greater than every one before it from this source, also where the clock stands or goes back. */
    public UUID uuid() {
        long now = parts(clock.instant());
        long time = latest.updateAndGet(before -> Math.max(before + 1, now));
        long high = ((time >>> 12) << 16) | 0x7000L | (time & 0xFFFL);
        long low = 0x8000000000000000L | (random.nextLong() >>> 2);
        return new UUID(high, low);
    }

    /** How many 4,096th parts of a millisecond have gone since the epoch. */
    private static long parts(Instant now) {
        long inMillisecond = now.get(ChronoField.NANO_OF_SECOND) % 1_000_000L;
        return (now.toEpochMilli() << 12) | ((inMillisecond << 12) / 1_000_000L);
    }

    public OrganizationId organization() {
        return new OrganizationId(uuid());
    }

    public JobId job() {
        return new JobId(uuid());
    }

    public RequestId request() {
        return new RequestId(uuid());
    }

    public QuoteId quote() {
        return new QuoteId(uuid());
    }

    public AssetId asset() {
        return new AssetId(uuid());
    }

    public PersonId person() {
        return new PersonId(uuid());
    }

    public MemberId member() {
        return new MemberId(uuid());
    }

    public SessionId session() {
        return new SessionId(uuid());
    }

    public InvitationId invitation() {
        return new InvitationId(uuid());
    }

    public KeyId key() {
        return new KeyId(text(16));
    }

    /** A random text of lower-case letters and digits; each letter carries 5.17 bits. */
    public String text(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }
}
