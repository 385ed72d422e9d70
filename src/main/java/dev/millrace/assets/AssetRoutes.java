package dev.millrace.assets;

import dev.millrace.assets.Assets.Opened;
import dev.millrace.id.AssetId;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.RouteInfo;
import dev.millrace.server.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;

/** Serves files under signed links, and takes uploads; the links are the only credentials here. */
public final class AssetRoutes {
    private static final String FILE = "/assets/{id}/{name}";
    private static final String UPLOAD = "/assets/uploads/{id}";

    private final Assets assets;
    private final Uploads uploads;
    private final InstantSource clock;

    public AssetRoutes(Assets assets, Uploads uploads, InstantSource clock) {
        this.assets = assets;
        this.uploads = uploads;
        this.clock = clock;
    }

    /** Adds the routes; the group renders the failures. */
    public void addTo(Routes.Group group) {
        group.needing(RouteInfo.ANYONE).get(FILE, this::file).put(UPLOAD, this::upload);
    }

    private Response file(Request request) {
        String id = request.pathParam("id");
        String name = request.pathParam("name");
        String expires = request.query("expires").orElse("");
        String signature = request.query("signature").orElse("");
        AssetLinks.Link link = assets.links().read(id, name, expires, signature).orElseThrow(AssetRoutes::absent);
        Opened opened = assets.open(link.asset()).orElseThrow(() -> gone(link.asset()));
        if (!link.holds(clock.instant())) {
            throw new ProblemException(
                    ProblemCode.GONE, "This link has expired; ask for the job or the file again to get a new one.");
        }
        Asset asset = opened.asset();
        return Response.file(opened.file(), asset.bytes(), asset.contentType(), asset.sha256(), request)
                .header("Cache-Control", "private, max-age=3600")
                .header("Content-Disposition", disposition(asset))
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private Response upload(Request request) throws IOException {
        Uploads.Put put = new Uploads.Put(
                request.pathParam("id"),
                request.query("organization").orElse(""),
                request.query("content_type").orElse(""),
                request.query("expires").orElse(""),
                request.query("signature").orElse(""),
                request.contentType());
        try (InputStream body = request.stream(assets.settings().maxUploadBytes() + 1)) {
            Asset asset = uploads.receive(put, body);
            return Response.empty(200).header("ETag", '"' + asset.sha256() + '"');
        }
    }

    /** A browser shows what it can show, and saves the rest. */
    private static String disposition(Asset asset) {
        String how = asset.contentType().equals(ContentTypes.UNKNOWN) ? "attachment" : "inline";
        return how + "; filename=\"" + asset.fileName().replaceAll("[^A-Za-z0-9._-]", "_") + '"';
    }

    /** Whoever holds a link that was signed here is told what became of the file. */
    private ProblemException gone(AssetId asset) {
        Erased erased = assets.erased(asset).orElse(null);
        String why = switch (erased) {
            case null -> "There is no file behind this link: it was not uploaded yet, or is long gone.";
            case REQUEST -> "The file was deleted by its owner.";
            case RETENTION -> "The time for which the file was kept has passed.";
        };
        return new ProblemException(erased == null ? ProblemCode.NOT_FOUND : ProblemCode.GONE, why);
    }

    /** One answer for what is absent and for what is wrongly signed: nothing is told to who has no link. */
    private static ProblemException absent() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such file, or the link to it is not valid.");
    }
}
