package dev.millrace.api.openai;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.assets.MediaProbe;
import dev.millrace.catalog.Catalog;
import dev.millrace.jobs.Job;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.provider.Transcript;
import dev.millrace.server.Part;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/audio/transcriptions}: a recording written down. */
final class Transcriptions {
    private static final Set<String> RECORDINGS =
            Set.of("audio/wav", "audio/flac", "audio/mpeg", "audio/ogg", "audio/mp4", "video/mp4", "video/webm");
    private static final Map<String, String> ROLES =
            Map.of("language", "language", "prompt", "prompt", "temperature", "temperature");
    private static final Set<String> NOT_FOR_THE_MODEL = Set.of(
            "model",
            "file",
            "response_format",
            "timestamp_granularities",
            "include",
            "stream",
            "chunking_strategy",
            "user");
    private static final List<String> GRANULARITIES = List.of("word", "segment");
    private static final long SECOND = 1_000;

    /** What a model that holds by the second calls the length of the recording. */
    private static final String DURATION = "duration";

    private final Access access;
    private final Catalog catalog;
    private final Orders orders;
    private final HandedIn.Shelf shelf;
    private final MadeFiles files;
    private final OpenAiSettings settings;

    Transcriptions(Access access, Catalog catalog, Orders orders, HandedIn.Shelf shelf, OpenAiSettings settings) {
        this.access = access;
        this.catalog = catalog;
        this.orders = orders;
        this.shelf = shelf;
        this.files = new MadeFiles(shelf.assets());
        this.settings = settings;
    }

    Response transcribe(Request request) throws InterruptedException {
        Principal principal = access.enter(request);
        try (Form form = Form.read(request, settings.maxAudioBytes());
                HandedIn handed = new HandedIn(
                        shelf, principal.organization(), request.baseUrl().toString())) {
            TranscriptFormat format = TranscriptFormat.of(form.text("response_format", "json"));
            List<String> granularities = granularities(form);
            boolean stream = form.flag("stream");
            String model = form.text("model");
            Wishes wishes = Wishes.of(form, ROLES, NOT_FOR_THE_MODEL);
            recording(form, handed, model, wishes);
            Job job = orders.accept(
                            request,
                            new Orders.Order(
                                    principal, "POST transcription", Modality.TRANSCRIPTION, model, form, wishes),
                            handed)
                    .job();
            Transcript transcript = Transcript.read(files.read(MadeFiles.first(orders.completed(job))));
            Response response =
                    stream ? TranscriptFormat.events(transcript) : format.response(transcript, granularities);
            return response.header(OpenAiApi.JOB_HEADER, job.id().text());
        }
    }

    private static List<String> granularities(Form form) {
        List<String> asked = form.texts("timestamp_granularities");
        if (!GRANULARITIES.containsAll(asked)) {
            throw Form.wrong("timestamp_granularities", "enum", "must be word or segment, or both.");
        }
        if (!form.texts("include").isEmpty()) {
            throw Form.wrong("include", "enum", "must be empty: no model here tells how sure it is of a word.");
        }
        return asked.isEmpty() ? List.of("segment") : asked;
    }

    /** The file, and how long it is: what is held for is measured, never what a client says. */
    private void recording(Form form, HandedIn handed, String model, Wishes wishes) {
        Part part = form.file("file")
                .orElseThrow(() -> Form.wrong(
                        "file", "required", "is missing: send the recording as a file, in multipart/form-data."));
        String link = handed.keep("file", part, RECORDINGS, settings.maxAudioBytes());
        long millis = length(part, handed.contentType());
        wishes.add("file", "audio", link);
        boolean timed = catalog.find(model)
                .map(one -> one.input().names().contains(DURATION))
                .orElse(false);
        if (timed) {
            wishes.add(DURATION, DURATION, Json.tree((millis + SECOND - 1) / SECOND));
        }
    }

    private static long length(Part part, String contentType) {
        try {
            long millis = MediaProbe.of(part.path().orElseThrow(), contentType).durationMs();
            if (millis <= 0) {
                throw Form.wrong("file", "contentType", "states no length; send a whole recording.");
            }
            return millis;
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE, "The file could not be read; nothing was taken. Try again.");
        }
    }
}
