package dev.millrace.api.apiframe;

import dev.millrace.api.apiframe.ApiframeApi.Rooms;
import dev.millrace.api.apiframe.Endpoint.Parameter;
import dev.millrace.api.apiframe.Endpoint.Payload;
import dev.millrace.money.CreditRate;
import dev.millrace.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;

/** The 21 operations of the contract, made from the rooms that do the work. */
final class Endpoints {
    private static final String TEXT = "{\"type\": \"string\"}";
    private static final String FLAG =
            "{\"type\": \"string\", \"enum\": [\"true\", \"false\"], \"default\": \"false\"}";
    private static final String UUID = "{\"type\": \"string\", \"format\": \"uuid\"}";

    private final Rooms rooms;
    private final ApiframeSettings settings;
    private final Entrance entrance;
    private final CreditRate rate;
    private final Webhooks webhooks;
    private final Results results;
    private final FileIntake intake;
    private final Acceptances acceptances;

    Endpoints(Rooms rooms, ApiframeSettings settings, Entrance entrance, CreditRate rate) {
        this.rooms = rooms;
        this.settings = settings;
        this.entrance = entrance;
        this.rate = rate;
        this.webhooks = new Webhooks(rooms.egress());
        this.results = new Results(rooms.assets().links(), rooms.clock());
        this.intake = intake(ProblemCode.UPSTREAM_ERROR);
        this.acceptances = new Acceptances(entrance, rooms.jobs(), webhooks, settings.retention());
    }

    private FileIntake intake(ProblemCode whenFull) {
        return new FileIntake(rooms.database(), rooms.assets(), rooms.ids(), rooms.clock(), whenFull);
    }

    List<Endpoint> all() {
        List<Endpoint> all = new ArrayList<>();
        all.addAll(submissions());
        all.addAll(actions());
        all.addAll(jobs());
        all.addAll(account());
        all.addAll(files());
        all.addAll(loras());
        return all;
    }

    private List<Endpoint> submissions() {
        Submissions submissions = new Submissions(
                acceptances,
                rooms.admission(),
                rooms.catalog(),
                rooms.urls(),
                new References(rooms.assets(), rooms.loras()));
        List<Endpoint> all = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            all.add(Endpoint.job(
                    operation.path(),
                    operation.modality().wire(),
                    operation.summary(),
                    Variants.name(operation),
                    request -> submissions.submit(operation, request)));
        }
        return all;
    }

    private List<Endpoint> actions() {
        Actions actions = new Actions(acceptances, rooms.admission(), rooms.catalog(), rooms.urls());
        Parents parents = new Parents(rooms.jobs(), results);
        String midjourney = "/v2/images/midjourney/action";
        String suno = "/v2/music/suno/action";
        Actions.Family onImages = new MidjourneyActions(parents, results);
        Actions.Family onTracks = new SunoActions(parents, results);
        Integer[] refusals = {400, 401, 402, 403, 404, 409, 429, 503};
        return List.of(
                Endpoint.job(
                                midjourney,
                                "image",
                                "Act on a finished Midjourney job",
                                "MidjourneyActionRequest",
                                request -> actions.submit(midjourney, onImages, request))
                        .refusing(refusals),
                Endpoint.job(
                                suno,
                                "music",
                                "Act on a track of a finished Suno job",
                                "SunoActionRequest",
                                request -> actions.submit(suno, onTracks, request))
                        .refusing(refusals));
    }

    private List<Endpoint> jobs() {
        JobRoutes routes = new JobRoutes(entrance, rooms.jobs(), new JobQueries(rooms.catalog()), results, rate);
        return List.of(
                Endpoint.get("/v2/jobs", "jobs", "List jobs, newest first", "JobList", routes::list)
                        .with(
                                new Parameter(
                                        "status",
                                        "{\"type\": \"string\", \"enum\": [\"QUEUED\", \"PROCESSING\", \"COMPLETED\","
                                                + " \"FAILED\", \"CANCELLED\"]}"),
                                new Parameter("model", TEXT),
                                new Parameter("limit", limit(20)),
                                new Parameter("cursor", TEXT),
                                new Parameter(
                                        "scope",
                                        "{\"type\": \"string\", \"enum\": [\"user\", \"team\"], \"default\": \"user\"}"),
                                new Parameter("search", UUID),
                                new Parameter("include_models", FLAG)),
                Endpoint.get("/v2/jobs/{id}", "jobs", "Show a job", "Job", routes::get)
                        .refusing(400, 401, 403, 404, 429));
    }

    private List<Endpoint> account() {
        MeRoute me =
                new MeRoute(entrance, rooms.database(), rooms.organizations(), rooms.wallet(), rate, rooms.slots());
        ModelRoute models = new ModelRoute(entrance, rooms.catalog(), rooms.prices(), rooms.jobs(), rate);
        return List.of(
                Endpoint.get("/v2/me", "account", "Show whose key it is", "Me", me::me)
                        .refusing(401, 403, 429),
                Endpoint.get("/v2/models", "models", "List the models", "ModelList", models::list)
                        .with(new Parameter(
                                "modality", "{\"type\": \"string\", \"enum\": [\"image\", \"video\", \"music\"]}"))
                        .withoutKey());
    }

    private List<Endpoint> files() {
        UploadRoute uploads = new UploadRoute(entrance, intake, rooms.assets().links(), settings.uploadLife());
        RemoteFiles remote = new RemoteFiles(rooms.egress(), rooms.assets(), intake, rooms.clock());
        RegisteredAssets assets = new RegisteredAssets(entrance, remote, rooms.assets(), settings.retention());
        return List.of(
                Endpoint.post(
                                "/v2/uploads",
                                "files",
                                "Upload a file",
                                Payload.form("UploadForm"),
                                201,
                                "Upload",
                                uploads::upload)
                        .refusing(400, 401, 403, 429, 502),
                Endpoint.post(
                                "/v2/assets/create",
                                "files",
                                "Register a file",
                                Payload.json("AssetRequest"),
                                201,
                                "AssetCreated",
                                assets::create)
                        .refusing(400, 401, 403, 429, 502),
                Endpoint.get("/v2/assets/{assetId}", "files", "Show a registered file", "Asset", assets::get)
                        .refusing(400, 401, 403, 404, 429, 502));
    }

    private List<Endpoint> loras() {
        TrainingRoute training = new TrainingRoute(
                entrance,
                rooms.admission(),
                rooms.jobs(),
                intake(ProblemCode.UNAVAILABLE),
                rooms.assets().links(),
                webhooks,
                settings.retention());
        LoraRoutes routes = new LoraRoutes(entrance, rooms.loras(), rooms.jobs());
        return List.of(
                Endpoint.post(
                                "/v2/loras",
                                "loras",
                                "Train a LoRA",
                                Payload.form("LoraForm"),
                                202,
                                "LoraCreated",
                                training::create)
                        .refusing(400, 401, 402, 403, 409, 429, 503),
                Endpoint.get("/v2/loras", "loras", "List LoRAs, newest first", "LoraList", routes::list)
                        .with(
                                new Parameter("cursor", UUID),
                                new Parameter("limit", limit(24)),
                                new Parameter("includeArchived", FLAG)),
                Endpoint.get("/v2/loras/{id}", "loras", "Show a LoRA", "Lora", routes::get)
                        .refusing(400, 401, 403, 404, 429),
                new Endpoint(
                        "DELETE",
                        "/v2/loras/{id}",
                        "loras",
                        "Archive a LoRA",
                        false,
                        null,
                        204,
                        null,
                        List.of(400, 401, 403, 404, 429),
                        List.of(),
                        routes::archive));
    }

    private static String limit(int usual) {
        return "{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 100, \"default\": " + usual + "}";
    }
}
