package dev.millrace.console.models;

import dev.millrace.catalog.Model;
import dev.millrace.console.code.Sample;
import dev.millrace.json.Json;
import dev.millrace.meter.Modality;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** How one model is called, in code that works when it is copied: the key stands in the environment as MILLRACE_KEY. */
final class Samples {
    private final Model model;
    private final String base;

    private Samples(Model model, String base) {
        this.model = model;
        this.base = base;
    }

    /** @param base the base URL that goes into the code */
    static List<Sample> of(Model model, String base) {
        Samples samples = new Samples(model, base);
        return model.modality() == Modality.LANGUAGE ? samples.language() : samples.media();
    }

    /** What goes to Millrace's own route: the parameters beside the model. */
    static ObjectNode body(Model model) {
        ObjectNode body = Json.object().put("model", model.id());
        body.setAll(SampleValues.of(model));
        return body;
    }

    private List<Sample> language() {
        ObjectNode body = Json.object().put("model", model.id());
        body.putArray("messages").addObject().put("role", "user").put("content", "What is a millrace?");
        return List.of(
                Sample.of("curl", "curl", Snippets.curl(base + "/api/v1/chat/completions", Snippets.BEARER, body)),
                Sample.of("js", "JavaScript", fill(Snippets.OPENAI_JS)),
                Sample.of("python", "Python", fill(Snippets.OPENAI_PYTHON)),
                Sample.of(
                        "stream",
                        "Streamed",
                        Snippets.curl(
                                base + "/api/v1/chat/completions",
                                Snippets.BEARER,
                                body.deepCopy().put("stream", true))));
    }

    private List<Sample> media() {
        ObjectNode body = body(model);
        List<Sample> all = new ArrayList<>();
        String after = model.modality() == Modality.IMAGE ? "" : fill(Snippets.THEN_JOB);
        all.add(Sample.of("curl", "curl", Snippets.curl(base + "/api/v1/generations", Snippets.BEARER, body) + after));
        all.add(Sample.of("js", "JavaScript", fill(Snippets.JS).replace("BODY", Snippets.indented(body, 2))));
        all.add(Sample.of("python", "Python", fill(Snippets.PYTHON).replace("BODY", PythonText.of(body))));
        all.add(Sample.of(
                "higgsfield",
                "Higgsfield",
                Snippets.HALVES
                        + Snippets.curl(base + "/" + model.id(), Snippets.HALVES_HEADER, SampleValues.of(model))
                        + fill(Snippets.THEN_REQUEST)));
        ApiframeSample.of(model)
                .ifPresent(request -> all.add(Sample.of(
                        "apiframe",
                        "Apiframe",
                        Snippets.curl(base + request.path(), Snippets.API_KEY, request.body())
                                + fill(Snippets.THEN_APIFRAME))));
        return all;
    }

    private String fill(String code) {
        return code.replace("BASE", base).replace("MODEL", model.id());
    }
}
