package dev.millrace.api.apiframe;

import dev.millrace.assets.Asset;
import dev.millrace.assets.AssetKind;
import dev.millrace.assets.Assets;
import dev.millrace.assets.ContentTypes;
import dev.millrace.assets.StoredFile;
import dev.millrace.db.Database;
import dev.millrace.id.IdSource;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes files of customers into the asset store, by what their bytes say that they are (contract 1.7). */
final class FileIntake {
    static final long VIDEO_MAX = 50L * 1024 * 1024;
    private static final long OTHER_MAX = 25L * 1024 * 1024;
    private static final Set<String> TYPES = Set.of(
            "image/png",
            "image/jpeg",
            "image/webp",
            "image/gif",
            "video/mp4",
            "video/webm",
            "video/quicktime",
            "audio/mpeg",
            "audio/wav",
            "audio/ogg",
            "audio/mp4");

    private final Database database;
    private final Assets assets;
    private final IdSource ids;
    private final InstantSource clock;
    private final ProblemCode whenFull;

    /** @param whenFull what a store that takes no file is to whoever sends one */
    FileIntake(Database database, Assets assets, IdSource ids, InstantSource clock, ProblemCode whenFull) {
        this.database = database;
        this.assets = assets;
        this.ids = ids;
        this.clock = clock;
        this.whenFull = whenFull;
    }

    /** What a field takes. */
    @FunctionalInterface
    interface Rule {
        /** What is wrong with a file, as a sentence behind the field's name; empty when it is taken. */
        Optional<String> against(String contentType, long bytes);
    }

    /** Every kind of file that is taken at all. */
    static Optional<String> usual(String contentType, long bytes) {
        if (!TYPES.contains(contentType)) {
            return Optional.of(
                    "Unsupported file type: send PNG, JPEG, WebP, GIF, MP4, WebM, MOV, MP3, WAV, OGG or M4A.");
        }
        long most = contentType.startsWith("video/") ? VIDEO_MAX : OTHER_MAX;
        return bytes > most
                ? Optional.of("File too large: " + kind(contentType).orElseThrow() + " files have at most "
                        + most / 1024 / 1024 + " MB.")
                : Optional.empty();
    }

    /** {@code image}, {@code video} or {@code audio}; empty for anything else. */
    static Optional<String> kind(String contentType) {
        String kind = contentType.substring(0, contentType.indexOf('/'));
        return Set.of("image", "video", "audio").contains(kind) ? Optional.of(kind) : Optional.empty();
    }

    /**
     * Stores a file.
     *
     * @throws ProblemException {@code INVALID_PARAMETER} on the field when the rule is against it, or as the constructor says
     *     when it can not be stored; nothing is left then
     * @throws IOException when reading fails
     */
    Asset take(OrganizationId organization, String field, InputStream bytes, Duration life, Rule rule)
            throws IOException {
        StoredFile file = written(field, bytes);
        Optional<String> wrong = rule.against(file.contentType(), file.bytes());
        if (wrong.isPresent()) {
            assets.discard(file);
            throw Problem.parameter(field, wrong.get()).toException();
        }
        String name = "upload." + ContentTypes.extension(file.contentType());
        return database.writer()
                .write(
                        organization.text(),
                        tx -> assets.record(
                                tx,
                                file,
                                ids.asset(),
                                organization,
                                AssetKind.UPLOAD,
                                name,
                                clock.instant().plus(life)))
                .orElseThrow();
    }

    /** Removes files again that were taken for a request which was refused. */
    void drop(OrganizationId organization, List<Asset> taken) {
        if (!taken.isEmpty()) {
            database.writer().write(organization.text(), tx -> {
                taken.forEach(asset -> assets.hide(tx, asset.id()));
                return taken.size();
            });
            assets.purge(taken.stream().map(Asset::id).toList());
        }
    }

    private StoredFile written(String field, InputStream bytes) throws IOException {
        var source = new Source(bytes);
        try {
            return assets.write(source, VIDEO_MAX);
        } catch (ProblemException e) {
            throw switch (e.problem().code()) {
                case PAYLOAD_TOO_LARGE ->
                    Problem.parameter(field, "File too large: at most 50 MB are taken.")
                            .toException();
                case UNAVAILABLE -> full();
                default -> e;
            };
        } catch (IOException | UncheckedIOException e) {
            if (source.broken) {
                throw new IOException("the source broke off", e);
            }
            throw full();
        }
    }

    private ProblemException full() {
        return new ProblemException(whenFull, "The file could not be stored; try again later.");
    }

    /** Tells a sender that fails from a disk that does. */
    private static final class Source extends InputStream {
        private final InputStream from;
        private boolean broken;

        private Source(InputStream from) {
            this.from = from;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            try {
                return from.read(into, at, length);
            } catch (IOException e) {
                broken = true;
                throw e;
            }
        }
    }
}
