package dev.millrace.api.openai;

import dev.millrace.access.Access;
import dev.millrace.access.Principal;
import dev.millrace.assets.AssetLinks;
import dev.millrace.assets.Assets.Opened;
import dev.millrace.catalog.Catalog;
import dev.millrace.frames.Frames;
import dev.millrace.jobs.Job;
import dev.millrace.jobs.JobOutput;
import dev.millrace.meter.Modality;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * {@code POST /v1/videos/{id}/remix}: another video by the same model, as long and as large, from a new prompt. The model is
 * given the film where it takes one, or else its first frame where it takes a picture.
 */
final class VideoRemix {
    private static final String PROMPT = "prompt";

    private final Access access;
    private final Catalog catalog;
    private final Orders orders;
    private final Videos videos;
    private final VideoStore rows;
    private final HandedIn.Shelf shelf;
    private final Frames frames;
    private final OpenAiSettings settings;

    VideoRemix(
            Access access,
            Catalog catalog,
            Orders orders,
            Videos videos,
            VideoStore rows,
            HandedIn.Shelf shelf,
            Frames frames,
            OpenAiSettings settings) {
        this.access = access;
        this.catalog = catalog;
        this.orders = orders;
        this.videos = videos;
        this.rows = rows;
        this.shelf = shelf;
        this.frames = frames;
        this.settings = settings;
    }

    Response remix(Request request) {
        Principal principal = access.enter(request);
        Job source = videos.found(request);
        JobOutput film = VideoContent.film(source);
        try (Form form = Form.read(request, settings.maxImageBytes());
                HandedIn files = new HandedIn(
                        shelf, principal.organization(), request.baseUrl().toString())) {
            form.text(PROMPT);
            Wishes wishes = Wishes.of(form, Map.of(PROMPT, PROMPT), Set.of("user"));
            same(wishes, source);
            original(request, source, film, files, wishes);
            String surface = "POST remix " + source.id().text();
            var order = new Orders.Order(principal, surface, Modality.VIDEO, source.model(), form, wishes);
            return videos.shown(orders.accept(request, order, files, rows.remixOf(source.id()))
                    .job());
        }
    }

    /** As long and as large as the source was ordered, as far as its model can be told. */
    private void same(Wishes wishes, Job source) {
        VideoRow row = videos.row(source);
        Set<String> roles = roles(source);
        if (row.seconds() != null && roles.contains("duration")) {
            wishes.add("seconds", "duration", row.seconds());
        }
        if (row.size() != null && roles.contains("size")) {
            wishes.add("size", "size", row.size());
        }
    }

    private void original(Request request, Job source, JobOutput film, HandedIn files, Wishes wishes) {
        Set<String> roles = roles(source);
        Opened opened = new MadeFiles(shelf.assets()).open(film);
        if (roles.contains("video")) {
            AssetLinks links = shelf.assets().links();
            String link = links.sign(film.asset(), film.fileName(), Objects.requireNonNull(source.expiresAt()));
            wishes.add("video", "video", request.baseUrl() + link);
        } else if (roles.contains("image")) {
            Optional<byte[]> frame = frames.thumbnail(opened.file());
            frame.ifPresent(bytes -> wishes.add("video", "image", kept(files, bytes)));
        }
    }

    private String kept(HandedIn files, byte[] frame) {
        try {
            return files.keep("video", new ByteArrayInputStream(frame), Images.PICTURES, settings.maxImageBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> roles(Job source) {
        return catalog.find(source.model())
                .map(model -> model.input().roles().keySet())
                .orElse(Set.of());
    }
}
