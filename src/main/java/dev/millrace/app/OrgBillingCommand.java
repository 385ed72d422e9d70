package dev.millrace.app;

import dev.millrace.config.ConfigException;
import dev.millrace.id.OrganizationId;
import dev.millrace.invoices.BillingProfile;
import dev.millrace.invoices.Invoices;
import dev.millrace.invoices.ProfileWish;
import dev.millrace.invoices.TaxRate;
import dev.millrace.json.Json;
import dev.millrace.lease.DueWork;
import dev.millrace.problem.ProblemException;
import dev.millrace.trail.Actor;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Shows and changes how an organization is billed. */
@Command(
        name = "billing",
        description = "Show or change how an organization is billed: invoices, name, address, tax.",
        mixinStandardHelpOptions = true)
final class OrgBillingCommand extends Office implements Callable<Integer> {
    @Parameters(paramLabel = "ORGANIZATION", description = "Its id.")
    private @Nullable OrganizationId organization;

    @Option(names = "--invoicing", paramLabel = "on|off", description = "Whether it gets an invoice every month.")
    private @Nullable String invoicing;

    @Option(names = "--name", description = "The name on its invoices.")
    private @Nullable String name;

    @Option(names = "--address", description = "The address; lines end with a semicolon.")
    private @Nullable String address;

    @Option(names = "--country", description = "The country.")
    private @Nullable String country;

    @Option(names = "--vat-id", description = "The tax number.")
    private @Nullable String vatId;

    @Option(names = "--tax-rate", paramLabel = "PERCENT", description = "The tax, as 19 or 8.1.")
    private @Nullable String taxRate;

    @Option(names = "--reverse-charge", paramLabel = "on|off", description = "Whether it owes the tax itself.")
    private @Nullable String reverseCharge;

    @Option(names = "--due-days", description = "How many days it has to pay.")
    private @Nullable Long dueDays;

    @Mixin
    private Remote remote = new Remote();

    @Override
    public Integer call() throws IOException {
        OrganizationId whose = Objects.requireNonNull(organization);
        if (remote.chosen()) {
            String path = "/api/v1/organizations/" + whose + "/billing";
            ObjectNode body = body();
            ObjectNode answer = remote.send(body.isEmpty() ? "GET" : "PATCH", path, body.isEmpty() ? null : body);
            out().println(json() ? Json.line(answer) : Json.pretty(answer));
            return ExitCode.OK;
        }
        ProfileWish wish;
        try {
            wish = new ProfileWish(
                    flag(invoicing),
                    name,
                    address == null ? null : address.replaceAll("\\s*;\\s*", "\n"),
                    country,
                    vatId,
                    taxRate == null ? null : TaxRate.parse(taxRate),
                    flag(reverseCharge),
                    dueDays);
        } catch (IllegalArgumentException unfit) {
            return refuse(ExitCode.USAGE, String.valueOf(unfit.getMessage()));
        }
        return installed(core -> {
            Invoices invoices = PaymentRooms.invoices(core, new DueWork());
            if (core.database().read(tx -> core.organizations().find(tx, whose)).isEmpty()) {
                return refuse(ExitCode.USAGE, "there is no organization " + whose);
            }
            try {
                BillingProfile profile = core.database()
                        .writer()
                        .write(whose.text(), tx -> invoices.set(tx, whose, wish, Actor.commandLine()));
                out().println(json() ? object(profile) : line(profile));
                return ExitCode.OK;
            } catch (ProblemException refused) {
                return refuse(ExitCode.USAGE, refused.problem().detail());
            }
        });
    }

    /** What the route takes: what was given, and nothing else. */
    private ObjectNode body() {
        ObjectNode body = Json.object();
        put(body, "invoicing", flagged(invoicing));
        put(body, "legal_name", name);
        put(body, "address", address == null ? null : address.replaceAll("\\s*;\\s*", "\n"));
        put(body, "country", country);
        put(body, "vat_id", vatId);
        put(body, "tax_rate", taxRate);
        put(body, "reverse_charge", flagged(reverseCharge));
        put(body, "due_days", dueDays);
        return body;
    }

    private static @Nullable Boolean flagged(@Nullable String text) {
        try {
            return flag(text);
        } catch (IllegalArgumentException unfit) {
            throw new ConfigException(String.valueOf(unfit.getMessage()));
        }
    }

    private static void put(ObjectNode body, String field, @Nullable Object value) {
        if (value != null) {
            body.set(field, Json.tree(value));
        }
    }

    private static @Nullable Boolean flag(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (!text.matches("on|off")) {
            throw new IllegalArgumentException("\"" + text + "\" is neither on nor off");
        }
        return text.equals("on");
    }

    private static String line(BillingProfile profile) {
        TaxRate rate = profile.taxRate();
        return "%s: invoices %s, %s, tax %s%s"
                .formatted(
                        profile.organization(),
                        profile.invoicing() ? "every month" : "none",
                        profile.legalName().isEmpty() ? "no name" : profile.legalName(),
                        rate == null ? "as the installation's" : rate.percent() + " %",
                        profile.reverseCharge() ? ", reverse charge" : "");
    }

    private static String object(BillingProfile profile) {
        return Json.object()
                .put("organization", profile.organization().text())
                .put("invoicing", profile.invoicing())
                .put("legal_name", profile.legalName())
                .put("country", profile.country())
                .put("vat_id", profile.vatId())
                .put("reverse_charge", profile.reverseCharge())
                .toString();
    }
}
