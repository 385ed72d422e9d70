package dev.millrace.admission;

import dev.millrace.assets.AssetLinks;
import dev.millrace.egress.Egress;
import java.time.InstantSource;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Refuses, before a request is accepted, parameters that point where nothing may be fetched. What a model's schema calls a
 * {@code uri} must be a link to a file kept here, a picture in a {@code data:} URL, or a URL that the guard lets out.
 */
public final class InputUrls {
    private static final Pattern PICTURE =
            Pattern.compile("data:image/(png|jpeg|jpg|webp|gif);base64,[A-Za-z0-9+/]+={0,2}");

    private final Egress egress;
    private final AssetLinks links;
    private final InstantSource clock;

    public InputUrls(Egress egress, AssetLinks links, InstantSource clock) {
        this.egress = egress;
        this.links = links;
        this.clock = clock;
    }

    /** @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} that names the parameter */
    public void check(AdmittedMedia admitted) {
        ObjectNode schema = admitted.model().inputSchema();
        check(schema, schema, admitted.parameters(), "");
    }

    private void check(JsonNode root, JsonNode stated, JsonNode value, String path) {
        String reference = stated.path("$ref").asString("");
        JsonNode schema = reference.startsWith("#/") ? root.at(reference.substring(1)) : stated;
        if (value.isString()) {
            if (schema.path("format").asString("").equals("uri")) {
                checkUrl(path, value.stringValue());
            }
        } else if (value instanceof ObjectNode object) {
            object.properties()
                    .forEach(member -> check(
                            root,
                            schema.path("properties").path(member.getKey()),
                            member.getValue(),
                            path.isEmpty() ? member.getKey() : path + "." + member.getKey()));
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(root, schema.path("items"), value.get(i), path + "." + i);
            }
        }
    }

    private void checkUrl(String field, String url) {
        boolean own = links.find(url, clock.instant()).isPresent();
        if (!own && !PICTURE.matcher(url).matches()) {
            egress.check(field, url);
        }
    }
}
