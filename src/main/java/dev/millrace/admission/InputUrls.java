package dev.millrace.admission;

import dev.millrace.assets.Assets;
import dev.millrace.assets.ContentTypes;
import dev.millrace.egress.Egress;
import dev.millrace.id.AssetId;
import dev.millrace.id.OrganizationId;
import dev.millrace.problem.FieldError;
import dev.millrace.problem.Problem;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Refuses, before a request is accepted, parameters that point where nothing may be fetched. What a model's schema calls a
 * {@code uri} must be a link to a file that the organization keeps here, a file within a {@code data:} URL, or a URL that the
 * guard lets out. Nothing is fetched.
 */
public final class InputUrls {
    private final Egress egress;
    private final Assets assets;
    private final InstantSource clock;
    private final InputSettings settings;

    public InputUrls(Egress egress, Assets assets, InstantSource clock, InputSettings settings) {
        this.egress = egress;
        this.assets = assets;
        this.clock = clock;
        this.settings = settings;
    }

    /** @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} that names the parameter */
    public void check(AdmittedMedia admitted) {
        List<InputField> fields = InputFields.of(admitted.model().inputSchema(), admitted.parameters());
        if (fields.size() > settings.maxFiles()) {
            throw refused(
                    fields.get(settings.maxFiles()).path(),
                    "maxItems",
                    "is one file too many: a request may name " + settings.maxFiles() + ".");
        }
        fields.forEach(field -> check(admitted.principal().organization(), field));
    }

    /**
     * Fetches the files and looks at them, for a dialect whose contract has that done before a request is accepted; to be handed
     * to the job that takes them, and closed.
     *
     * @throws dev.millrace.problem.ProblemException as {@link InputFiles#fetch(AdmittedMedia)}
     */
    public FetchedInputs probe(AdmittedMedia admitted) {
        try {
            return new InputFiles(assets, egress, settings).fetch(admitted);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The node is being stopped; repeat the request.");
        }
    }

    /**
     * The same as {@link #check(AdmittedMedia)} for one URL.
     *
     * @param field the name of the parameter that holds it
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} that names the parameter
     */
    public void check(OrganizationId organization, String field, String url) {
        check(organization, new InputField(field, "", url));
    }

    private void check(OrganizationId organization, InputField input) {
        String field = input.path();
        String url = input.url();
        if (DataUrl.is(url)) {
            checkData(input);
            return;
        }
        Optional<AssetId> own = assets.links().find(url, clock.instant());
        if (own.isEmpty()) {
            egress.check(field, url);
        } else if (assets.find(own.get())
                .filter(asset -> asset.organization().equals(organization))
                .isEmpty()) {
            throw foreign(field);
        }
    }

    private void checkData(InputField input) {
        try {
            String type = ContentTypes.of(DataUrl.decode(input.url(), settings.maxDataBytes()));
            boolean fits = input.kind().map(kind -> kind.takes(type)).orElse(!type.equals(ContentTypes.UNKNOWN));
            if (!fits) {
                throw wrongKind(input, type, "it is " + type);
            }
        } catch (IllegalArgumentException e) {
            throw refused(input.path(), "format", "The URL " + e.getMessage() + ".");
        }
    }

    /** What is found is of another kind than the parameter takes. */
    static RuntimeException wrongKind(InputField input, String type, String found) {
        String wanted = input.kind().map(InputKind::described).orElse("an image, a video or a sound");
        String known = type.equals(ContentTypes.UNKNOWN) ? "its bytes are of no such type" : found;
        return refused(input.path(), "contentMediaType", "The file must be " + wanted + "; " + known + ".");
    }

    /** The same words for another's file as for one that is not there. */
    static RuntimeException foreign(String field) {
        return refused(
                field,
                "value",
                "The link leads to no file of yours: it was not uploaded yet, or is not kept any more.");
    }

    static RuntimeException refused(String field, String rule, String message) {
        return Problem.field(ProblemCode.INVALID_PARAMETER, FieldError.of(field, rule, message))
                .toException();
    }
}
