package dev.millrace.moderation;

import dev.millrace.id.OrganizationId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules that what a request says has to keep. The operator's file is read again when it changes; while it has a mistake,
 * the rules stay as they were.
 */
public final class Moderation implements AutoCloseable {
    /** What is told of an upstream's verdict whose code is none. */
    private static final String UPSTREAM = "upstream_moderation";

    private static final Logger LOG = LoggerFactory.getLogger(Moderation.class);
    private static final String BUNDLED = "/moderation/rules.yaml";
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,39}");
    private static final byte[] NOTHING = new byte[0];

    private final Rules base;
    private final @Nullable Path file;
    private final @Nullable ScheduledExecutorService watch;
    private volatile Rules rules;
    private volatile @Nullable String trouble;
    private byte[] seen = NOTHING;

    private Moderation(ModerationSettings settings) {
        this.base = settings.bundled() ? RulesReader.read("rules.yaml", bundledFile()) : Rules.NONE;
        this.file = settings.file();
        this.rules = load();
        this.watch = file == null ? null : watcher(settings);
    }

    /** No rule at all. */
    public static Moderation none() {
        return new Moderation(new ModerationSettings(null, false, ModerationSettings.DEFAULTS.poll()));
    }

    /**
     * Reads the rules, and keeps reading those of the operator as they change.
     *
     * @throws ModerationException when the file has a mistake now
     */
    public static Moderation open(ModerationSettings settings, MeterRegistry metrics) {
        Moderation moderation = new Moderation(settings);
        Gauge.builder(
                        "millrace_moderation_rules",
                        () -> moderation.rules.rules().size())
                .description("Rules of moderation that hold")
                .register(metrics);
        Gauge.builder("millrace_moderation_stale", () -> moderation.trouble == null ? 0 : 1)
                .description("1 while the file of rules has a mistake, and older ones hold")
                .register(metrics);
        return moderation;
    }

    /**
     * The code of the first rule that one of the texts breaks; empty when all of them pass.
     *
     * @param policy the model's: {@code strict}, {@code standard} or {@code off}; the organization's own goes before it
     */
    public Optional<String> verdict(OrganizationId organization, String policy, List<String> texts) {
        return rules.broken(organization, policy, texts);
    }

    /** An upstream's reason as a code that may be kept and counted: its own when it is one, else a general one. */
    public static String code(String reason) {
        return CODE.matcher(reason).matches() ? reason : UPSTREAM;
    }

    /** What is wrong with the operator's file; empty when nothing is. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Looks whether the operator's file has changed, and has it hold when it has and is without a mistake. */
    public synchronized void refresh() {
        try {
            if (file != null && (trouble != null || !Arrays.equals(content(file), seen))) {
                rules = load();
                trouble = null;
                LOG.info(
                        "the rules of moderation were read again: {}",
                        rules.rules().size());
            }
        } catch (ModerationException e) {
            stay(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) { // or the file would never be looked at again
            stay("bug: " + e);
        }
    }

    /** The same mistake is found at every look; it is told once. */
    private void stay(String why) {
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.error("the rules of moderation stay as they were: {}", why);
        }
    }

    private Rules load() {
        if (file == null) {
            return base;
        }
        byte[] content = content(file);
        Rules loaded = base.with(RulesReader.read(String.valueOf(file.getFileName()), content));
        seen = content;
        return loaded;
    }

    private static byte[] content(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ModerationException(
                    String.valueOf(file),
                    List.of("can not be read: " + e.getClass().getSimpleName()));
        }
    }

    private static byte[] bundledFile() {
        try (InputStream in = Moderation.class.getResourceAsStream(BUNDLED)) {
            if (in == null) {
                throw new IllegalStateException("the file " + BUNDLED + " is not packaged");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ScheduledExecutorService watcher(ModerationSettings settings) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("moderation").daemon().factory());
        long pace = settings.poll().toNanos();
        var unused = executor.scheduleWithFixedDelay(this::refresh, pace, pace, TimeUnit.NANOSECONDS);
        return executor;
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.shutdownNow();
        }
    }
}
