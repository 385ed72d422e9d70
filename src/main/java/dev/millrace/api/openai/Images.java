package dev.millrace.api.openai;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.assets.AssetLinks;
import dev.millrace.catalog.Catalog;
import dev.millrace.jobs.Job;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.server.Part;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code POST /v1/images/generations} and {@code /v1/images/edits}: pictures, awaited (contract B7). */
final class Images {
    static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/webp");
    private static final String MODEL = "gpt-image-1";
    private static final Map<String, String> ROLES = Map.of(
            "prompt", "prompt",
            "n", "count",
            "size", "size",
            "quality", "quality",
            "style", "style",
            "output_format", "format",
            "image", "images",
            "images", "images",
            "mask", "mask");

    /** What decides on the answer, and what nothing here depends on. */
    private static final Set<String> FOR_THE_ANSWER =
            Set.of("model", "response_format", "stream", "partial_images", "user");

    private static final Set<String> PICTURE_FIELDS = Set.of("images", "image", "mask");

    private static final int PARTIAL_MAX = 3;
    private static final int INPUTS_MAX = 16;

    private final Access access;
    private final Catalog catalog;
    private final Orders orders;
    private final HandedIn.Shelf shelf;
    private final ImageAnswers answers;
    private final OpenAiSettings settings;

    Images(
            Access access,
            Catalog catalog,
            Orders orders,
            HandedIn.Shelf shelf,
            AssetLinks links,
            OpenAiSettings settings) {
        this.access = access;
        this.catalog = catalog;
        this.orders = orders;
        this.shelf = shelf;
        this.answers = new ImageAnswers(orders, new MadeFiles(shelf.assets()), links);
        this.settings = settings;
    }

    Response generate(Request request) throws InterruptedException {
        Principal principal = access.enter(request);
        try (Form form = Form.json(request);
                HandedIn none = handedIn(request, principal)) {
            Wishes wishes = Wishes.of(form, ROLES, FOR_THE_ANSWER);
            return answer(request, principal, form, none, wishes, "image_generation");
        }
    }

    Response edit(Request request) throws InterruptedException {
        Principal principal = access.enter(request);
        try (Form form = Form.read(request, settings.maxImageBytes());
                HandedIn files = handedIn(request, principal)) {
            Wishes wishes = Wishes.of(
                    form,
                    ROLES,
                    Stream.concat(FOR_THE_ANSWER.stream(), PICTURE_FIELDS.stream())
                            .collect(Collectors.toSet()));
            wishes.add("image", "images", pictures(form, files));
            mask(form, files, wishes);
            return answer(request, principal, form, files, wishes, "image_edit");
        }
    }

    private Response answer(
            Request request, Principal principal, Form form, HandedIn files, Wishes wishes, String event)
            throws InterruptedException {
        form.text("prompt");
        var unused = form.number("partial_images", 0, PARTIAL_MAX);
        String model = form.text("model", MODEL);
        ImageAnswers.Wanted wanted = new ImageAnswers.Wanted(event, inline(form, model), form);
        boolean stream = form.flag("stream");
        Job job = orders.accept(
                        request,
                        new Orders.Order(principal, "POST " + event, Modality.IMAGE, model, form, wishes),
                        files)
                .job();
        Response response = stream ? answers.streamed(job, wanted) : answers.whole(request, job, wanted);
        return response.header(OpenAiApi.JOB_HEADER, job.id().text());
    }

    /** Whether pictures are sent in the answer; asked for, or usual with this model. */
    private boolean inline(Form form, String model) {
        String format = form.textOrNull("response_format");
        if (format == null) {
            String usual = catalog.find(model)
                    .map(one -> one.dialect(OpenAiApi.DIALECT).getOrDefault("response_format", ""))
                    .orElse("");
            return usual.isEmpty() ? model.startsWith("gpt-image") : usual.equals("b64_json");
        }
        if (!format.equals("url") && !format.equals("b64_json")) {
            throw Form.wrong("response_format", "enum", "must be url or b64_json.");
        }
        return format.equals("b64_json");
    }

    private JsonNode pictures(Form form, HandedIn files) {
        ArrayNode links = Json.array();
        List<Part> parts = new ArrayList<>(form.files("image"));
        parts.addAll(form.files("images"));
        parts.forEach(part -> links.add(files.keep("image", part, PICTURES, settings.maxImageBytes())));
        for (String field : List.of("image", "images")) {
            JsonNode value = form.value(field);
            Iterable<JsonNode> items = value.isArray() ? value : value.isMissingNode() ? List.of() : List.of(value);
            items.forEach(item -> links.add(reference(field, item)));
        }
        if (links.isEmpty()) {
            throw Form.wrong("image", "required", "is missing: send the picture to edit.");
        }
        if (links.size() > INPUTS_MAX) {
            throw Form.wrong("image", "maxItems", "must be at most " + INPUTS_MAX + " pictures.");
        }
        return links;
    }

    private void mask(Form form, HandedIn files, Wishes wishes) {
        form.file("mask")
                .map(part -> files.keep("mask", part, PICTURES, settings.maxImageBytes()))
                .or(() -> form.has("mask") ? Optional.of(reference("mask", form.value("mask"))) : Optional.empty())
                .ifPresent(link -> wishes.add("mask", "mask", link));
    }

    /** A picture by its address: a text, or an object as OpenAI's {@code {image_url}}. */
    static String reference(String field, JsonNode item) {
        JsonNode url = item.isObject() ? item.path("image_url") : item;
        if (item.has("file_id")) {
            throw Form.wrong(
                    field + ".file_id", "value", "files are not kept here by id; send image_url, or the file.");
        }
        if (!url.isString() || url.stringValue().isBlank()) {
            throw Form.wrong(field, "type", "must be a file, a URL, or {\"image_url\": URL}.");
        }
        return url.stringValue();
    }

    private HandedIn handedIn(Request request, Principal principal) {
        return new HandedIn(shelf, principal.organization(), request.baseUrl().toString());
    }
}
