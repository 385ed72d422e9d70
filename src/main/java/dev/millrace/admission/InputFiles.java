package dev.millrace.admission;

import dev.millrace.admission.FetchedInputs.Copy;
import dev.millrace.assets.Asset;
import dev.millrace.assets.AssetLinks;
import dev.millrace.assets.Assets;
import dev.millrace.assets.MediaFacts;
import dev.millrace.assets.MediaProbe;
import dev.millrace.assets.StoredFile;
import dev.millrace.catalog.Model;
import dev.millrace.egress.Egress;
import dev.millrace.id.AssetId;
import dev.millrace.id.OrganizationId;
import dev.millrace.provider.MediaInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings the files that a request names onto this machine and looks at them: an upload or an output of the same organization
 * is read where it lies, a {@code data:} URL is decoded, everything else is fetched past the guard. What a file is, is told by
 * its bytes.
 */
public final class InputFiles {
    private final Assets assets;
    private final InputSettings settings;
    private final InputDownload download;

    public InputFiles(Assets assets, Egress egress, InputSettings settings) {
        this.assets = assets;
        this.settings = settings;
        this.download = new InputDownload(assets, egress, settings);
    }

    /**
     * The files of an admitted request, before it is accepted; for dialects whose contract has the input looked at first.
     *
     * @throws dev.millrace.problem.ProblemException as {@link #fetch(OrganizationId, Model, ObjectNode, Map)}
     */
    public FetchedInputs fetch(AdmittedMedia admitted) throws InterruptedException {
        return fetch(admitted.principal().organization(), admitted.model(), admitted.parameters(), Map.of());
    }

    /**
     * All of the files that these parameters name; to be closed.
     *
     * @param kept what was fetched before, by the parameter that named it: that is taken in place of its URL while it is there
     * @throws dev.millrace.problem.ProblemException {@code INVALID_PARAMETER} that names the parameter whose file can not be had,
     *     or is of another kind, empty or too large; {@code UNAVAILABLE} when there is no room for it here
     */
    public FetchedInputs fetch(
            OrganizationId organization, Model model, ObjectNode parameters, Map<String, AssetId> kept)
            throws InterruptedException {
        List<Copy> copies = new ArrayList<>();
        List<MediaInput> inputs = new ArrayList<>();
        boolean whole = false;
        try {
            for (InputField field : InputFields.of(model.inputSchema(), parameters)) {
                Optional<InputKind> kind = field.kind();
                if (kind.isPresent()) {
                    Optional<Assets.Opened> before =
                            Optional.ofNullable(kept.get(field.path())).flatMap(assets::open);
                    inputs.add(
                            before.isPresent()
                                    ? looked(field, kind.get(), before.get())
                                    : fetch(organization, field, kind.get(), copies));
                }
            }
            whole = true;
            return new FetchedInputs(assets, copies, inputs);
        } finally {
            if (!whole) {
                copies.forEach(copy -> assets.discard(copy.file()));
            }
        }
    }

    /** Whether these parameters name a file. */
    public boolean any(Model model, ObjectNode parameters) {
        return InputFields.of(model.inputSchema(), parameters).stream()
                .anyMatch(field -> field.kind().isPresent());
    }

    private MediaInput fetch(OrganizationId organization, InputField field, InputKind kind, List<Copy> copies)
            throws InterruptedException {
        Optional<Assets.Opened> own = own(organization, field);
        if (own.isPresent()) {
            return looked(field, kind, own.get());
        }
        boolean inline = DataUrl.is(field.url());
        StoredFile copy = inline ? decoded(field) : download.fetch(field, settings.maxBytes(kind));
        copies.add(new Copy(field.path(), copy, !inline));
        return looked(field, kind, assets.path(copy), copy.contentType(), copy.bytes());
    }

    /** The file of an own link. That it holds still was checked when the request came: the job may have waited since. */
    private Optional<Assets.Opened> own(OrganizationId organization, InputField field) {
        return assets.links()
                .read(field.url())
                .map(AssetLinks.Link::asset)
                .map(id -> assets.open(id)
                        .filter(opened -> opened.asset().organization().equals(organization))
                        .orElseThrow(() -> InputUrls.foreign(field.path())));
    }

    private StoredFile decoded(InputField field) {
        try {
            byte[] bytes = DataUrl.decode(field.url(), settings.maxDataBytes());
            return assets.write(new ByteArrayInputStream(bytes), bytes.length);
        } catch (IllegalArgumentException e) {
            throw InputUrls.refused(field.path(), "format", "The URL " + e.getMessage() + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MediaInput looked(InputField field, InputKind kind, Assets.Opened opened) {
        Asset asset = opened.asset();
        return looked(field, kind, opened.file(), asset.contentType(), asset.bytes());
    }

    private MediaInput looked(InputField field, InputKind kind, Path file, String contentType, long bytes) {
        if (!kind.takes(contentType)) {
            throw InputUrls.wrongKind(field, contentType, "it is " + contentType);
        }
        if (bytes > settings.maxBytes(kind)) {
            throw InputUrls.refused(
                    field.path(), "maxLength", "The file has more than " + settings.maxBytes(kind) + " bytes.");
        }
        MediaFacts facts = facts(file, contentType);
        if ((long) facts.width() * facts.height() > settings.maxPixels()) {
            throw InputUrls.refused(
                    field.path(),
                    "maximum",
                    "The file is " + facts.width() + "×" + facts.height() + "; up to " + settings.maxPixels()
                            + " pixels are taken.");
        }
        if (facts.durationMs() > settings.maxDuration().toMillis()) {
            throw InputUrls.refused(
                    field.path(),
                    "maximum",
                    "The file plays longer than " + settings.maxDuration().toSeconds() + " seconds.");
        }
        return new MediaInput(
                field.role(),
                field.path(),
                file,
                contentType,
                bytes,
                facts.width(),
                facts.height(),
                facts.durationMs());
    }

    private static MediaFacts facts(Path file, String contentType) {
        try {
            return MediaProbe.of(file, contentType);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
