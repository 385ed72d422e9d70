package dev.millrace.api.apiframe;

import dev.millrace.access.Principal;
import dev.millrace.assets.Asset;
import dev.millrace.assets.AssetLinks;
import dev.millrace.assets.Assets;
import dev.millrace.id.AssetId;
import dev.millrace.json.Json;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /v2/assets/create} and {@code GET /v2/assets/{assetId}} (contract 1.8): a file that is copied here once, and
 * named {@code asset://<id>} by later requests.
 */
final class RegisteredAssets {
    private final Entrance entrance;
    private final RemoteFiles remote;
    private final Assets assets;
    private final AssetLinks links;
    private final Duration life;

    RegisteredAssets(Entrance entrance, RemoteFiles remote, Assets assets, Duration life) {
        this.entrance = entrance;
        this.remote = remote;
        this.assets = assets;
        this.links = assets.links();
        this.life = life;
    }

    /** The name of a registered file. */
    record CreatedBody(String assetId) {}

    /** A registered file. */
    record AssetBody(
            String id,
            String type,
            String status,
            String url,
            String contentType,
            long byteSize,
            String createdAt,
            String expiresAt) {}

    Response create(Request request) {
        Principal principal = entrance.counted(request);
        ObjectNode body = Schemas.checked("AssetRequest", Json.parseObject(request.body()));
        String url = body.required("url").stringValue();
        String type = body.required("type").stringValue();
        Asset asset = remote.copy(
                principal.organization(),
                "url",
                url,
                life,
                (contentType, bytes) ->
                        FileIntake.kind(contentType).filter(type::equals).isPresent()
                                ? FileIntake.usual(contentType, bytes)
                                : Optional.of("Behind it is no " + type + " but " + contentType + "."));
        return Response.json(201, new CreatedBody(asset.id().text()));
    }

    Response get(Request request) {
        Principal principal = entrance.counted(request);
        AssetId id = AssetId.parse(request.pathParam("assetId"))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.INVALID_REQUEST, "assetId is a UUID; send the assetId of the answer."));
        Assets.Opened opened = assets.open(id)
                .filter(found -> found.asset().organization().equals(principal.organization()))
                .orElseThrow(RegisteredAssets::absent);
        Asset asset = opened.asset();
        String kind = FileIntake.kind(asset.contentType()).orElseThrow(RegisteredAssets::absent);
        if (!Files.exists(opened.file())) {
            throw new ProblemException(
                    ProblemCode.UPSTREAM_ERROR, "The asset's file can not be read; try again later.");
        }
        AssetBody body = new AssetBody(
                asset.id().text(),
                kind,
                "Active",
                request.baseUrl() + links.sign(asset.id(), asset.fileName(), asset.expiresAt()),
                asset.contentType(),
                asset.bytes(),
                WireTime.of(asset.createdAt()),
                WireTime.of(asset.expiresAt()));
        return Response.json(200, body);
    }

    private static ProblemException absent() {
        return new ProblemException(ProblemCode.NOT_FOUND, "Asset not found");
    }
}
