package dev.millrace.api.apiframe;

import dev.millrace.access.Access;
import dev.millrace.access.Needs;
import dev.millrace.access.Organizations;
import dev.millrace.access.Permission;
import dev.millrace.admission.Admission;
import dev.millrace.admission.InputUrls;
import dev.millrace.assets.AssetLinks;
import dev.millrace.assets.Assets;
import dev.millrace.billing.CustomerPrices;
import dev.millrace.catalog.Catalog;
import dev.millrace.db.Database;
import dev.millrace.egress.Egress;
import dev.millrace.id.IdSource;
import dev.millrace.jobs.JobCompanion;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.WebhookTeller;
import dev.millrace.limits.JobSlots;
import dev.millrace.limits.RequestRate;
import dev.millrace.loras.Loras;
import dev.millrace.money.CreditRate;
import dev.millrace.problem.ProblemCode;
import dev.millrace.problem.ProblemException;
import dev.millrace.server.Request;
import dev.millrace.server.Response;
import dev.millrace.server.Routes;
import dev.millrace.wallet.Wallet;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The routes of the Apiframe dialect, its webhook, and what it keeps beside jobs. */
public final class ApiframeApi {
    /** The name under which its jobs and their webhooks are known. */
    public static final String DIALECT = Offer.DIALECT;

    private final CreditRate rate;
    private final Entrance entrance;
    private final List<Endpoint> endpoints;
    private final OpenApi document;

    /** What the dialect is made with. */
    public record Rooms(
            Access access,
            Organizations organizations,
            RequestRate requestRate,
            JobSlots slots,
            Admission admission,
            Catalog catalog,
            CustomerPrices prices,
            Jobs jobs,
            Loras loras,
            Database database,
            Wallet wallet,
            Assets assets,
            InputUrls urls,
            Egress egress,
            IdSource ids,
            InstantSource clock) {}

    public ApiframeApi(Rooms rooms, ApiframeSettings settings) {
        this.rate = new CreditRate(settings.creditPrice());
        this.entrance = new Entrance(rooms.access(), rooms.requestRate());
        List<Endpoint> all = new ArrayList<>(new Endpoints(rooms, settings, entrance, rate).all());
        this.document = new OpenApi(all, rooms.catalog());
        all.add(Endpoint.get("/v2/openapi.json", "Service", "This document", "Document", document::get)
                .withoutKey());
        this.endpoints = List.copyOf(all);
    }

    /** What {@code GET /v2/openapi.json} answers. */
    public ObjectNode document() {
        return document.tree();
    }

    /** Adds the routes; all of {@code /v2} is this dialect's. */
    public void register(Routes routes) {
        Routes.Group group = routes.group(new ApiframeErrors(rate)).speaking(DIALECT);
        endpoints.forEach(
                endpoint -> group.needing(needs(endpoint)).on(endpoint.method(), endpoint.path(), endpoint.handler()));
        group.needing(Needs.CALLER)
                .get("/v2/{+rest}", this::nothing)
                .post("/v2/{+rest}", this::nothing)
                .put("/v2/{+rest}", this::nothing)
                .delete("/v2/{+rest}", this::nothing);
    }

    /** Everything that is read here is jobs and files, but for the key's own account. */
    private static String needs(Endpoint endpoint) {
        if (endpoint.open()) {
            return Needs.ANYONE;
        }
        if (endpoint.path().equals("/v2/me")) {
            return Needs.CALLER;
        }
        return (endpoint.method().equals("GET") ? Permission.READ_JOBS : Permission.USE_MODELS).wire();
    }

    /** Renders and signs what its jobs' webhooks are told. */
    public static WebhookTeller webhooks(AssetLinks links, ApiframeSettings settings, InstantSource clock) {
        return Webhooks.teller(links, new CreditRate(settings.creditPrice()), settings.secretForm(), clock);
    }

    /** Keeps LoRAs beside the jobs that train them. */
    public static JobCompanion trainings(Loras loras) {
        return new Trainings(loras);
    }

    /** Who asks is settled before what is there: a wrong key is 401 on any path. */
    private Response nothing(Request request) {
        entrance.counted(request);
        throw new ProblemException(ProblemCode.NOT_FOUND, "Not found");
    }
}
