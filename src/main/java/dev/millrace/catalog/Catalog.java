package dev.millrace.catalog;

import dev.millrace.meter.Modality;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that this installation offers: the bundled files, and those of the operator's directory over them. The
 * directory is read again when it changes; while a file in it has a mistake, the models stay as they were.
 */
public final class Catalog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);
    private static final String NO_FILES = "";

    private final List<CatalogFile> bundled;
    private final @Nullable Path directory;
    private final PriceRecorder recorder;
    private final @Nullable ScheduledExecutorService watch;
    private volatile Snapshot snapshot;
    private volatile @Nullable String trouble;
    private String seen = NO_FILES;

    private Catalog(BundledModels bundled, CatalogSettings settings, PriceRecorder recorder) {
        this.bundled = bundled.files();
        this.directory = settings.directory();
        this.recorder = recorder;
        this.snapshot = load();
        this.watch = directory == null ? null : watcher(settings);
    }

    /** The bundled models alone. */
    public static Catalog bundled() {
        return new Catalog(BundledModels.now(), CatalogSettings.DEFAULTS, models -> {});
    }

    /** The same with the bundled files read here and now. */
    public static Catalog open(CatalogSettings settings, PriceRecorder recorder, MeterRegistry metrics) {
        return open(BundledModels.now(), settings, recorder, metrics);
    }

    /**
     * Reads all files, and keeps reading those of the operator as they change.
     *
     * @param recorder is given all models before they are served: now, and at every change
     * @throws CatalogException when a file has a mistake now
     */
    public static Catalog open(
            BundledModels bundled, CatalogSettings settings, PriceRecorder recorder, MeterRegistry metrics) {
        Catalog catalog = new Catalog(bundled, settings, recorder);
        Gauge.builder("millrace_catalog_models", () -> catalog.snapshot.byId().size())
                .description("Models that are served")
                .register(metrics);
        Gauge.builder("millrace_catalog_stale", () -> catalog.trouble == null ? 0 : 1)
                .description("1 while the catalogue files have a mistake, and older ones are served")
                .register(metrics);
        return catalog;
    }

    /** The model that has exactly this id or alias. */
    public Optional<Model> find(String idOrAlias) {
        return Optional.ofNullable(snapshot.byName().get(idOrAlias));
    }

    /** Every model, in the order of the ids. */
    public List<Model> all() {
        return List.copyOf(snapshot.byId().values());
    }

    /** The models of a modality whose names, title or description have every word of the query, in the order of the ids. */
    public List<Model> search(@Nullable Modality modality, @Nullable String query, int limit) {
        return Search.find(snapshot.byId().values(), modality, query, limit);
    }

    /** Up to three ids that may have been meant by one that is none. */
    public List<String> suggestions(String unknownId) {
        return Search.suggestions(snapshot.byId().values(), unknownId);
    }

    public CatalogHealth health() {
        return new CatalogHealth(snapshot.byId().size(), trouble);
    }

    /**
     * Loads what compiles schemas, which costs some tenths of a second once. The schema of a model is compiled when it is first
     * needed, in milliseconds: there are hundreds, and most installations need a few.
     */
    public void warm() {
        snapshot.byId().values().stream()
                .limit(1)
                .forEach(model -> model.input().warm());
    }

    /** Looks whether the operator's files have changed, and serves them when they have and are without a mistake. */
    public synchronized void refresh() {
        try {
            Map<String, byte[]> contents = directory == null ? Map.of() : CatalogFiles.contents(directory);
            if (CatalogFiles.fingerprint(contents).equals(seen) && trouble == null) {
                return;
            }
            snapshot = load();
            trouble = null;
            LOG.info("the catalogue was read again: {} models", snapshot.byId().size());
        } catch (CatalogException e) {
            complain(line(e));
        } catch (RuntimeException e) {
            complain("its prices could not be recorded: " + e.getClass().getSimpleName());
        }
    }

    private void complain(String why) {
        // The same mistake is found at every look; it is told once.
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.error("the catalogue stays as it was: {}", why);
        }
    }

    private Snapshot load() {
        Map<String, byte[]> contents = directory == null ? Map.of() : CatalogFiles.contents(directory);
        Snapshot loaded = Snapshot.of(List.of(bundled, CatalogFiles.read(contents)));
        recorder.record(loaded.byId().values());
        seen = CatalogFiles.fingerprint(contents);
        return loaded;
    }

    private static String line(CatalogException e) {
        List<Complaint> complaints = new ArrayList<>(e.complaints());
        String first = complaints.getFirst().toString();
        return complaints.size() == 1 ? first : first + " (and " + (complaints.size() - 1) + " more)";
    }

    private ScheduledExecutorService watcher(CatalogSettings settings) {
        ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("catalog").daemon().factory());
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
