package dev.millrace.api.openai;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.assets.Assets.Opened;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOutput;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** {@code POST /v1/audio/speech}: a text read aloud; the answer is the file. */
final class Speech {
    private static final Map<String, String> ROLES = Map.of(
            "input", "text",
            "voice", "voice",
            "response_format", "format",
            "speed", "speed",
            "instructions", "style");
    private static final Set<String> NOT_FOR_THE_MODEL = Set.of("model", "voice", "stream_format", "user");
    private static final String PCM = "pcm";

    private final Access access;
    private final Orders orders;
    private final HandedIn.Shelf shelf;
    private final MadeFiles files;

    Speech(Access access, Orders orders, HandedIn.Shelf shelf) {
        this.access = access;
        this.orders = orders;
        this.shelf = shelf;
        this.files = new MadeFiles(shelf.assets());
    }

    Response speak(Request request) throws InterruptedException {
        Principal principal = access.enter(request);
        try (Form form = Form.json(request);
                HandedIn none = new HandedIn(
                        shelf, principal.organization(), request.baseUrl().toString())) {
            form.text("input");
            if (!form.text("stream_format", "audio").equals("audio")) {
                throw Form.wrong("stream_format", "enum", "must be audio: the file itself is sent, as it is read.");
            }
            Wishes wishes = Wishes.of(form, ROLES, NOT_FOR_THE_MODEL);
            if (form.has("voice")) {
                wishes.add("voice", "voice", voice(form.value("voice")));
            }
            Job job = orders.accept(
                            request,
                            new Orders.Order(
                                    principal, "POST speech", Modality.SPEECH, form.text("model"), form, wishes),
                            none)
                    .job();
            return file(request, orders.completed(job), form.text("response_format", ""));
        }
    }

    /** A voice by its name, or as OpenAI's {@code {id}}. */
    private static JsonNode voice(JsonNode voice) {
        JsonNode name = voice.isObject() ? voice.path("id") : voice;
        if (!name.isString()) {
            throw Form.wrong("voice", "type", "must be a name, or {\"id\": name}.");
        }
        return Json.tree(name.stringValue());
    }

    private Response file(Request request, Job done, String format) {
        JobOutput output = MadeFiles.first(done);
        Opened opened = files.open(output);
        // Samples alone can not be told from other bytes by looking at them.
        String type = format.equals(PCM) ? "audio/pcm" : output.contentType();
        return Response.file(opened.file(), output.bytes(), type, output.sha256(), request)
                .header(OpenAiApi.JOB_HEADER, done.id().text());
    }
}
