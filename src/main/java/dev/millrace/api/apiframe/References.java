package dev.millrace.api.apiframe;

import dev.millrace.access.Principal;
import dev.millrace.assets.Asset;
import dev.millrace.assets.AssetLinks;
import dev.millrace.assets.Assets;
import dev.millrace.catalog.Model;
import dev.millrace.id.AssetId;
import dev.millrace.json.Json;
import dev.millrace.loras.Loras;
import dev.millrace.problem.Problem;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Looks after what a request names by id: {@code asset://<id>} in the fields of Seedance becomes a link that its upstream can
 * follow (contract 1.8), and a LoRA has to be the caller's, and ready.
 */
final class References {
    static final String SCHEME = "asset://";
    private static final String SEEDANCE = "seedance";
    static final String LORA = "loraId";

    private final Assets assets;
    private final AssetLinks links;
    private final Loras loras;

    References(Assets assets, Loras loras) {
        this.assets = assets;
        this.links = assets.links();
        this.loras = loras;
    }

    /** @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} on the field that names what is not there */
    void resolve(Model model, ObjectNode parameters, Principal principal, URI base) {
        if (model.input().names().contains(LORA)) {
            lora(parameters, principal);
        }
        for (String name : List.copyOf(parameters.propertyNames())) {
            JsonNode resolved = resolved(model, name, parameters.get(name), principal, base);
            if (resolved != null) {
                parameters.set(name, resolved);
            }
        }
    }

    private void lora(ObjectNode parameters, Principal principal) {
        JsonNode id = parameters.path(LORA);
        if (!id.isString()) {
            return; // the schema says that it is missing
        }
        var unused = loras.usable(principal.organization(), LORA, id.stringValue());
    }

    /** The value with links in place of ids; null when it names none. */
    private @Nullable JsonNode resolved(Model model, String path, JsonNode value, Principal principal, URI base) {
        if (value.isString() && value.stringValue().startsWith(SCHEME)) {
            if (!model.id().startsWith(SEEDANCE)) {
                throw Problem.parameter(path, "takes no asset:// here: only the Seedance models do. Send a URL.")
                        .toException();
            }
            String id = value.stringValue().substring(SCHEME.length());
            return Json.tree(link(path, id, principal, base));
        }
        if (!(value instanceof ArrayNode array)) {
            return null;
        }
        ArrayNode copy = Json.array();
        for (int i = 0; i < array.size(); i++) {
            JsonNode one = resolved(model, path + "." + i, array.get(i), principal, base);
            copy.add(Objects.requireNonNullElse(one, array.get(i)));
        }
        return copy;
    }

    private String link(String path, String id, Principal principal, URI base) {
        Asset asset = AssetId.parse(id)
                .flatMap(assets::find)
                .filter(found -> found.organization().equals(principal.organization()))
                .orElseThrow(() -> Problem.parameter(path, "is no asset of yours, or it has expired.")
                        .toException());
        return base + links.sign(asset.id(), asset.fileName(), asset.expiresAt());
    }
}
