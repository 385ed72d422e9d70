package dev.millrace.api.millrace.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.millrace.id.OrganizationId;
import dev.millrace.invoices.BillingProfile;
import dev.millrace.invoices.TaxRate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an organization is billed.
 *
 * @param tax_rate in percent; absent where the installation's counts
 * @param due_days absent where the installation's count
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BillingBody(
        String object,
        String organization,
        boolean invoicing,
        String legal_name,
        String address,
        String country,
        String vat_id,
        @Nullable String tax_rate,
        boolean reverse_charge,
        @Nullable Long due_days) {
    static BillingBody of(OrganizationId organization, Optional<BillingProfile> known) {
        if (known.isEmpty()) {
            return new BillingBody("billing", organization.text(), false, "", "", "", "", null, false, null);
        }
        BillingProfile profile = known.get();
        TaxRate rate = profile.taxRate();
        return new BillingBody(
                "billing",
                organization.text(),
                profile.invoicing(),
                profile.legalName(),
                profile.address(),
                profile.country(),
                profile.vatId(),
                rate == null ? null : rate.percent(),
                profile.reverseCharge(),
                profile.dueDays());
    }
}
