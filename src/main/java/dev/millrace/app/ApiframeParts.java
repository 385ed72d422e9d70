package dev.millrace.app;

import dev.millrace.admission.Admission;
import dev.millrace.admission.InputUrls;
import dev.millrace.api.apiframe.ApiframeApi;
import dev.millrace.assets.Assets;
import dev.millrace.crypto.Seal;
import dev.millrace.egress.Egress;
import dev.millrace.jobs.JobCompanion;
import dev.millrace.jobs.Jobs;
import dev.millrace.jobs.WebhookTeller;
import dev.millrace.loras.Loras;
import dev.millrace.server.Routes;

/** Makes the Apiframe dialect upon the rooms of a node. */
final class ApiframeParts {
    private final Core core;
    private final Assets assets;
    private final Egress egress;
    private final Loras loras;

    ApiframeParts(Core core, Assets assets, Seal seal, Egress egress) {
        this.core = core;
        this.assets = assets;
        this.egress = egress;
        this.loras = new Loras(
                core.database(), assets, seal, core.settings().apiframe().trainings());
    }

    JobCompanion companion() {
        return ApiframeApi.trainings(loras);
    }

    WebhookTeller teller() {
        return ApiframeApi.webhooks(assets.links(), core.settings().apiframe(), core.clock());
    }

    ApiframeApi register(Routes routes, LimitParts limits, Admission admission, InputUrls urls, Jobs jobs) {
        ApiframeApi api = new ApiframeApi(
                new ApiframeApi.Rooms(
                        core.access(),
                        core.organizations(),
                        limits.rate(),
                        limits.slots(),
                        admission,
                        core.catalog(),
                        core.prices().terms(),
                        jobs,
                        loras,
                        core.database(),
                        core.wallet(),
                        assets,
                        urls,
                        egress,
                        core.ids(),
                        core.clock()),
                core.settings().apiframe());
        api.register(routes);
        return api;
    }
}
