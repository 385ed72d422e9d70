package dev.millrace.app;

import dev.millrace.api.millrace.CreateOnce;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.payments.PaymentApi;
import dev.millrace.egress.Egress;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.lease.DueWork;
import dev.millrace.payments.PaymentParts;
import dev.millrace.payments.PaymentSettings;
import dev.millrace.payments.Payments;
import dev.millrace.server.Routes;
import java.time.Duration;

/** What makes money come in. */
final class PaymentRooms implements Node.Part {
    private final Core core;
    private final PaymentSettings settings;
    private final Payments payments;

    PaymentRooms(Core core, DueWork dueWork, Egress egress, String owner) {
        this.core = core;
        this.settings = core.settings().payments();
        this.payments = payments(core, dueWork, egress, owner);
    }

    /** Payments by card, as the command line and a node have them. */
    static Payments payments(Core core, DueWork dueWork, Egress egress, String owner) {
        return new Payments(new PaymentParts(
                core.database(),
                core.billing(),
                core.wallet(),
                dueWork,
                core.trail(),
                egress,
                core.ids(),
                core.clock(),
                core.metrics().registry(),
                owner,
                core.settings().payments()));
    }

    void register(Routes routes, OpenApiDocument document, Idempotency idempotency) {
        new PaymentApi(new PaymentApi.Rooms(
                        core.access(),
                        core.database(),
                        payments,
                        new CreateOnce(core.database(), idempotency),
                        settings.successUrl(),
                        settings.cancelUrl()))
                .register(routes, document);
    }

    void start() {
        payments.start();
    }

    @Override
    public void end(Duration limit) {
        payments.close();
    }
}
