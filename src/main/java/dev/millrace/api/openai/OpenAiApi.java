package dev.millrace.api.openai;

import dev.millrace.access.Access;
import dev.millrace.access.Needs;
import dev.millrace.access.Permission;
import dev.millrace.admission.Admission;
import dev.millrace.admission.InputUrls;
import dev.millrace.assets.Assets;
import dev.millrace.catalog.Catalog;
import dev.millrace.db.Database;
import dev.millrace.frames.Frames;
import dev.millrace.id.IdSource;
import dev.millrace.jobs.Jobs;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Handler;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.Routes;
import java.time.InstantSource;
import java.util.List;

/** The routes of OpenAI's media API. */
public final class OpenAiApi {
    /** The name under which its jobs are known. */
    public static final String DIALECT = "openai";

    /** Names the job behind an answer: what a client needs to find it in {@code GET /api/v1/jobs}. */
    static final String JOB_HEADER = "Millrace-Job";

    /** Language is answered here, media at {@link #MEDIA_BASES}. */
    private static final String BASE = "/v1";

    /** A client whose base URL is that of Millrace's own API finds images and audio there too; videos there have another shape. */
    private static final List<String> MEDIA_BASES = List.of(BASE, "/api/v1");

    /**
     * The rooms that the routes call.
     *
     * @param chat answers {@code POST /v1/chat/completions}
     */
    public record Rooms(
            Access access,
            Admission admission,
            Catalog catalog,
            Jobs jobs,
            Database database,
            Assets assets,
            InputUrls urls,
            VideoStore videos,
            Frames frames,
            IdSource ids,
            InstantSource clock,
            Handler chat) {}

    private final Rooms rooms;
    private final Images images;
    private final Speech speech;
    private final Transcriptions transcriptions;
    private final Videos videos;
    private final VideoList list;
    private final VideoContent content;
    private final VideoRemix remix;
    private final ModelsList models;

    public OpenAiApi(Rooms rooms, OpenAiSettings settings) {
        this.rooms = rooms;
        Access access = rooms.access();
        Catalog catalog = rooms.catalog();
        HandedIn.Shelf shelf = new HandedIn.Shelf(rooms.database(), rooms.assets(), rooms.ids(), rooms.clock());
        Orders orders = new Orders(catalog, rooms.admission(), rooms.urls(), rooms.jobs(), settings.patience());
        this.images = new Images(access, catalog, orders, shelf, rooms.assets().links(), settings);
        this.speech = new Speech(access, orders, shelf);
        this.transcriptions = new Transcriptions(access, catalog, orders, shelf, settings);
        this.videos = new Videos(access, orders, rooms.jobs(), rooms.database(), rooms.videos(), shelf, settings);
        this.list = new VideoList(access, rooms.jobs(), videos, rooms.database(), rooms.videos());
        this.content = new VideoContent(videos, new MadeFiles(rooms.assets()), rooms.frames());
        this.remix = new VideoRemix(access, catalog, orders, videos, rooms.videos(), shelf, rooms.frames(), settings);
        this.models = new ModelsList(access, catalog);
    }

    public void register(Routes routes) {
        Routes.Group group = routes.group(new OpenAiErrors()).speaking(DIALECT);
        Routes.Group use = group.needing(Permission.USE_MODELS.wire());
        for (String base : MEDIA_BASES) {
            use.post(base + "/images/generations", images::generate)
                    .post(base + "/images/edits", images::edit)
                    .post(base + "/audio/speech", speech::speak)
                    .post(base + "/audio/transcriptions", transcriptions::transcribe);
            group.needing(Needs.CALLER)
                    .post(base + "/images/{+path}", this::nothing)
                    .post(base + "/audio/{+path}", this::nothing);
        }
        use.post(BASE + "/chat/completions", rooms.chat())
                .post(BASE + "/videos", videos::create)
                .delete(BASE + "/videos/{id}", videos::delete)
                .post(BASE + "/videos/{id}/remix", remix::remix);
        group.needing(Permission.READ_MODELS.wire())
                .get(BASE + "/models", models::list)
                .get(BASE + "/models/{+id}", models::one);
        group.needing(Permission.READ_JOBS.wire())
                .get(BASE + "/videos", list::list)
                .get(BASE + "/videos/{id}", videos::retrieve)
                .get(BASE + "/videos/{id}/content", content::content);
        group.needing(Needs.CALLER)
                .post(BASE + "/videos/edits", this::nothing)
                .post(BASE + "/videos/extensions", this::nothing)
                .post(BASE + "/videos/characters", this::nothing)
                .get(BASE + "/videos/characters/{id}", this::nothing);
    }

    /** Without this, an unknown path here would fall to a dialect that takes any path, and answer in its words. */
    private Response nothing(Request request) {
        var unused = rooms.access().enter(request);
        throw new ProblemException(ProblemCode.NOT_FOUND, "This part of OpenAI's API is not offered here.");
    }
}
