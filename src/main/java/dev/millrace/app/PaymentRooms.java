package dev.millrace.app;

import dev.millrace.access.Organization;
import dev.millrace.api.millrace.CreateOnce;
import dev.millrace.api.millrace.openapi.OpenApiDocument;
import dev.millrace.api.millrace.payments.PaymentApi;
import dev.millrace.egress.Egress;
import dev.millrace.idempotency.Idempotency;
import dev.millrace.invoices.InvoiceParts;
import dev.millrace.invoices.Invoices;
import dev.millrace.invoices.MonthEnds;
import dev.millrace.lease.DueWork;
import dev.millrace.payments.PaymentParts;
import dev.millrace.payments.PaymentSettings;
import dev.millrace.payments.Payments;
import dev.millrace.server.Routes;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** What makes money come in. */
final class PaymentRooms implements Node.Part {
    private final Core core;
    private final PaymentSettings settings;
    private final Payments payments;
    private final Invoices invoices;
    private final MonthEnds months;

    PaymentRooms(Core core, DueWork dueWork, Egress egress, String owner) {
        this.core = core;
        this.settings = core.settings().payments();
        this.payments = payments(core, dueWork, egress, owner);
        this.invoices = invoices(core, dueWork);
        this.months = new MonthEnds(invoices, dueWork, owner, core.metrics().registry());
    }

    /** Invoices, as the command line and a node have them. */
    static Invoices invoices(Core core, DueWork dueWork) {
        return new Invoices(new InvoiceParts(
                core.database(),
                core.billing(),
                core.wallet(),
                core.usage(),
                dueWork,
                core.trail(),
                (tx, id) -> core.organizations()
                        .find(tx, id)
                        .<ZoneId>map(Organization::timeZone)
                        .orElse(ZoneOffset.UTC),
                core.settings().invoices()));
    }

    /** Payments by card, of this node. */
    Payments byCard() {
        return payments;
    }

    /** The invoices, for whoever shows them. */
    Invoices invoices() {
        return invoices;
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
                        invoices,
                        (tx, id) -> core.organizations().find(tx, id).isPresent(),
                        new CreateOnce(core.database(), idempotency),
                        settings.successUrl(),
                        settings.cancelUrl()))
                .register(routes, document);
    }

    void start() {
        payments.start();
        months.start();
    }

    @Override
    public void end(Duration limit) {
        months.close();
        payments.close();
    }
}
