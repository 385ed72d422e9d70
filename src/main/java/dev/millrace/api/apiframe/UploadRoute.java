package dev.millrace.api.apiframe;

import dev.millrace.access.Principal;
import dev.millrace.assets.Asset;
import dev.millrace.assets.AssetLinks;
import dev.millrace.problem.Problem;
import dev.millrace.server.Multipart;
import dev.millrace.server.MultipartLimits;
import dev.millrace.server.Part;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** {@code POST /v2/uploads}: one file, as an input of later jobs (contract 1.7). */
final class UploadRoute {
    private static final String FILE = "file";
    private static final long ENVELOPE = 64 * 1024;
    private static final MultipartLimits LIMITS = MultipartLimits.DEFAULTS
            .withBytes(FileIntake.VIDEO_MAX, FileIntake.VIDEO_MAX + ENVELOPE)
            .withParts(8);

    private final Entrance entrance;
    private final FileIntake intake;
    private final AssetLinks links;
    private final Duration life;

    UploadRoute(Entrance entrance, FileIntake intake, AssetLinks links, Duration life) {
        this.entrance = entrance;
        this.intake = intake;
        this.links = links;
        this.life = life;
    }

    /** A file that was taken. */
    record UploadBody(String id, String url, String kind, String contentType, long byteSize, String expiresAt) {}

    Response upload(Request request) throws IOException {
        Principal principal = entrance.counted(request);
        try (Multipart form = Forms.read(request, LIMITS, FILE)) {
            Part part = form.part(FILE)
                    .filter(Part::isFile)
                    .orElseThrow(() -> Problem.parameter(FILE, "No file: send one in the part " + FILE + ".")
                            .toException());
            try (InputStream bytes = part.open()) {
                Asset asset = intake.take(principal.organization(), FILE, bytes, life, FileIntake::usual);
                return Response.json(201, body(asset, request));
            }
        }
    }

    private UploadBody body(Asset asset, Request request) {
        return new UploadBody(
                asset.id().text(),
                request.baseUrl() + links.sign(asset.id(), asset.fileName(), asset.expiresAt()),
                FileIntake.kind(asset.contentType()).orElseThrow(),
                asset.contentType(),
                asset.bytes(),
                WireTime.of(asset.expiresAt()));
    }
}
