package dev.millrace.api.millrace.storage;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.api.millrace.CreateOnce.Result;
import dev.millrace.api.millrace.Fields;
import dev.millrace.api.millrace.PageBody;
import dev.millrace.api.millrace.Paging;
import dev.millrace.api.millrace.openapi.Form;
import dev.millrace.api.millrace.storage.StorageBodies.DeletedBody;
import dev.millrace.api.millrace.storage.StorageBodies.TicketBody;
import dev.millrace.api.millrace.storage.StorageBodies.UseBody;
import dev.millrace.assets.Asset;
import dev.millrace.assets.AssetKind;
import dev.millrace.assets.Assets;
import dev.millrace.assets.Assets.Opened;
import dev.millrace.assets.UploadTicket;
import dev.millrace.assets.Uploads;
import dev.millrace.id.AssetId;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of an organization: sends, lists, shows, reads and erases them. */
final class StorageRoutes {
    static final Form TICKET_FORM =
            Form.object().needs("content_type", "string", "What the PUT will state, as image/png.");

    private static final Duration LINK = Duration.ofHours(1);
    private static final long LINK_SECONDS_MIN = 60;
    private static final long LINK_SECONDS_MAX = Duration.ofDays(90).toSeconds();

    private final Access access;
    private final Assets assets;
    private final Uploads uploads;
    private final Uploading uploading;
    private final InstantSource clock;

    StorageRoutes(Access access, Assets assets, Uploads uploads, Uploading uploading, InstantSource clock) {
        this.access = access;
        this.assets = assets;
        this.uploads = uploads;
        this.uploading = uploading;
        this.clock = clock;
    }

    Response upload(Request request) throws IOException {
        Principal principal = access.enter(request);
        Instant until = until(request);
        Result<Asset> stored = uploading.take(request, principal);
        Response response = Response.json(201, body(stored.value(), request, until))
                .header("Location", "/api/v1/storage/" + stored.value().id());
        return stored.replayed() ? response.header("Idempotency-Replayed", "true") : response;
    }

    Response ticket(Request request) {
        Principal principal = access.enter(request);
        Fields body = Fields.of(request.body()).only(TICKET_FORM.names(), "");
        UploadTicket ticket = uploads.ticket(principal.organization(), body.text("content_type"));
        String base = request.baseUrl().toString();
        return Response.json(
                201,
                new TicketBody(
                        ticket.asset().text(),
                        "upload",
                        base + ticket.uploadPath(),
                        ticket.contentType(),
                        ticket.expiresAt().toString(),
                        base + ticket.publicPath()));
    }

    /** Newest first, uploads and outputs alike. */
    Response list(Request request) {
        Principal principal = access.enter(request);
        Paging paging = Paging.of(request);
        Instant until = until(request);
        List<Asset> found = assets.list(principal.organization(), behind(paging.cursor()), paging.limit() + 1);
        boolean more = found.size() > paging.limit();
        List<Asset> shown = more ? found.subList(0, paging.limit()) : found;
        return Response.json(
                200,
                PageBody.of(
                        shown.stream().map(asset -> body(asset, request, until)).toList(),
                        more ? shown.getLast().id().text() : null));
    }

    Response one(Request request) {
        Principal principal = access.enter(request);
        return Response.json(200, body(own(principal, request), request, until(request)));
    }

    Response content(Request request) {
        Principal principal = access.enter(request);
        Asset asset = own(principal, request);
        Opened opened = assets.open(asset.id()).orElseThrow(StorageRoutes::absent);
        return Response.file(opened.file(), asset.bytes(), asset.contentType(), asset.sha256(), request)
                .header("Content-Security-Policy", "sandbox; default-src 'none'");
    }

    Response erase(Request request) {
        Principal principal = access.enter(request);
        Asset asset = own(principal, request);
        if (asset.kind() == AssetKind.OUTPUT) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN,
                    "It is the output of a job: DELETE /api/v1/jobs/{id}, or /outputs/{index} behind it, erases it.");
        }
        if (!assets.eraseUpload(principal.organization(), asset.id())) {
            throw absent();
        }
        return Response.json(200, new DeletedBody(asset.id().text(), "file.deleted", true));
    }

    Response use(Request request) {
        Principal principal = access.enter(request);
        return Response.json(
                200,
                new UseBody(
                        "storage.usage",
                        assets.uploaded(principal.organization()),
                        assets.settings().uploadQuotaBytes(),
                        assets.settings().maxUploadBytes()));
    }

    private FileBody body(Asset asset, Request request, Instant until) {
        return FileBody.of(asset, assets.links(), request.baseUrl().toString(), until);
    }

    /** Another organization's file is as absent as none. */
    private Asset own(Principal principal, Request request) {
        Optional<AssetId> id = AssetId.parse(request.pathParam("id"));
        return id.flatMap(assets::find)
                .filter(asset -> asset.organization().equals(principal.organization()))
                .orElseThrow(StorageRoutes::absent);
    }

    private Instant until(Request request) {
        Optional<String> text = request.query("expires_in");
        long seconds = text.map(given -> given.matches("[0-9]{1,9}") ? Long.parseLong(given) : 0)
                .orElse(LINK.toSeconds());
        if (seconds < LINK_SECONDS_MIN || seconds > LINK_SECONDS_MAX) {
            throw Fields.wrong(
                    "expires_in",
                    "value",
                    "must be a number of seconds from " + LINK_SECONDS_MIN + " to " + LINK_SECONDS_MAX + ".");
        }
        return clock.instant().plusSeconds(seconds);
    }

    private static @Nullable AssetId behind(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        return AssetId.parse(cursor)
                .orElseThrow(() -> Problem.parameter(
                                "cursor",
                                "this is no cursor of this list; send next_cursor of the page before, or none.")
                        .toException());
    }

    private static ProblemException absent() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such file, or it was erased.");
    }
}
