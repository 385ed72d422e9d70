package dev.millrace.api.millrace.storage;

import dev.millrace.access.Principal;
import dev.millrace.api.millrace.CreateOnce;
import dev.millrace.api.millrace.CreateOnce.Created;
import dev.millrace.api.millrace.CreateOnce.Result;
import dev.millrace.api.millrace.Fields;
import dev.millrace.assets.Asset;
import dev.millrace.assets.AssetKind;
import dev.millrace.assets.Assets;
import dev.millrace.assets.ContentTypes;
import dev.millrace.assets.StoredFile;
import dev.millrace.id.AssetId;
import dev.millrace.id.IdSource;
import dev.millrace.json.Json;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Multipart;
import dev.millrace.server.MultipartLimits;
import dev.millrace.server.Part;
import dev.millrace.server.Request;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Takes the files that customers send, as the body or as the part {@code file} of a multipart form. */
final class Uploading {
    private static final String SURFACE = "POST /api/v1/storage";
    private static final int NAME_MAX = 100;
    private static final long FORM_BYTES = 64L * 1024;

    private final Assets assets;
    private final CreateOnce once;
    private final IdSource ids;
    private final InstantSource clock;

    Uploading(Assets assets, CreateOnce once, IdSource ids, InstantSource clock) {
        this.assets = assets;
        this.once = once;
        this.ids = ids;
        this.clock = clock;
    }

    /** A file that was written and has no row, and the name that its sender gave it. */
    private record Sent(StoredFile file, Optional<String> name) {}

    /**
     * Stores the file of a request, once for each idempotency key.
     *
     * @throws ProblemException {@code PAYLOAD_TOO_LARGE} for a file or a quota that is full, {@code UNSUPPORTED_MEDIA_TYPE} for
     *     bytes that are no image, video or sound; nothing is stored then
     * @throws IOException when the client stops sending
     */
    Result<Asset> take(Request request, Principal principal) throws IOException {
        if (!assets.hasRoom()) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "There is no room for files now; try again later.");
        }
        Sent sent = Multipart.is(request) ? part(request) : body(request);
        try {
            Result<Asset> stored = store(request, principal, sent);
            if (stored.replayed()) {
                assets.discard(sent.file());
            }
            return stored;
        } catch (ProblemException refused) {
            // Not for other failures: where it is unknown whether the row is there, the sweep finds out.
            assets.discard(sent.file());
            throw refused;
        }
    }

    private Result<Asset> store(Request request, Principal principal, Sent sent) {
        StoredFile file = sent.file();
        if (file.bytes() == 0) {
            throw Fields.wrong("file", "minLength", "is empty; send the bytes of a file.");
        }
        if (file.contentType().equals(ContentTypes.UNKNOWN)) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "The bytes are of no type that is stored; send an image, a video or a sound.");
        }
        String name = name(sent.name().or(() -> request.query("name")), file);
        Fields print = new Fields(Json.object().put("name", name).put("sha256", file.sha256()), "");
        Instant until = clock.instant().plus(assets.settings().uploadRetention());
        AssetId fresh = ids.asset();
        Result<AssetId> id = once.write(
                request,
                SURFACE,
                principal,
                print,
                tx -> {
                    if (assets.record(tx, file, fresh, principal.organization(), AssetKind.UPLOAD, name, until)
                            .isEmpty()) {
                        throw new IllegalStateException("bug: a fresh asset id was taken");
                    }
                    return new Created<>(fresh.text(), fresh);
                },
                (tx, earlier) -> AssetId.parse(earlier).orElseThrow());
        Asset asset = assets.find(id.value())
                .orElseThrow(() -> new ProblemException(ProblemCode.GONE, "The file was erased, or its time is over."));
        return new Result<>(asset, id.replayed());
    }

    private Sent body(Request request) throws IOException {
        long most = assets.settings().maxUploadBytes();
        try (InputStream bytes = request.stream(most + 1)) {
            return new Sent(assets.write(bytes, most), Optional.empty());
        }
    }

    private Sent part(Request request) throws IOException {
        long most = assets.settings().maxUploadBytes();
        MultipartLimits limits = MultipartLimits.DEFAULTS.withParts(2).withBytes(most, most + FORM_BYTES);
        try (Multipart form = Multipart.read(request, limits)) {
            Part file = form.part("file")
                    .filter(Part::isFile)
                    .orElseThrow(() -> Problem.parameter("file", "is missing: the part with the file.")
                            .toException());
            Optional<String> name = form.text("name").or(file::fileName);
            try (InputStream bytes = file.open()) {
                return new Sent(assets.write(bytes, most), name);
            }
        }
    }

    /** The last part of the name that was sent, in letters that every link may have. */
    private static String name(Optional<String> sent, StoredFile file) {
        String name = sent.orElse("").replaceAll(".*[/\\\\]", "").replaceAll("[^A-Za-z0-9._-]", "_");
        String plain = name.length() > NAME_MAX ? name.substring(name.length() - NAME_MAX) : name;
        return plain.replaceAll("[._]", "").isEmpty() ? "upload." + ContentTypes.extension(file.contentType()) : plain;
    }
}
