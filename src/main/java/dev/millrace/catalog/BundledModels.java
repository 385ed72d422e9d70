package dev.millrace.catalog;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The bundled files while they are read: by a thread of their own, so that a start does other things meanwhile, and by whoever
 * needs them before that is done.
 */
public final class BundledModels {
    private final List<Read> files = CatalogFiles.BUNDLED.stream()
            .map(name -> new Read(name, new CompletableFuture<>()))
            .toList();
    private final AtomicInteger next = new AtomicInteger();

    private record Read(String name, CompletableFuture<CatalogFile> file) {
        void run() {
            try {
                file.complete(CatalogFile.trusted(name, CatalogFiles.resource(name)));
            } catch (RuntimeException e) {
                file.completeExceptionally(e);
            }
        }
    }

    private BundledModels() {}

    /** Begins to read them. */
    public static BundledModels reading() {
        BundledModels bundled = new BundledModels();
        Thread.ofPlatform().name("catalog-read").daemon().start(bundled::work);
        return bundled;
    }

    /** Reads them here and now. */
    static BundledModels now() {
        return new BundledModels();
    }

    private void work() {
        Stream.generate(next::getAndIncrement)
                .takeWhile(index -> index < files.size())
                .forEach(index -> files.get(index).run());
    }

    /** Every file; what nobody has begun to read is read here. */
    List<CatalogFile> files() {
        work();
        try {
            return files.stream().map(read -> read.file().join()).toList();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
