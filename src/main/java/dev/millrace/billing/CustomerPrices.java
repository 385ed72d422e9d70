package dev.millrace.billing;

import dev.millrace.catalog.Model;
import dev.millrace.catalog.PriceList;
import dev.millrace.id.OrganizationId;
import org.jspecify.annotations.Nullable;

/** What a model costs whoever asks: by these prices requests are quoted, and these are shown. */
@FunctionalInterface
public interface CustomerPrices {
    /** Everybody pays what the catalogue states. */
    CustomerPrices LISTED = (model, organization) -> model.prices();

    /** The prices of a model for an organization; for null the list price: that of whoever has no terms of his own. */
    PriceList of(Model model, @Nullable OrganizationId organization);

    /** The model with the prices of whoever asks, to show it. */
    default Model shown(Model model, @Nullable OrganizationId organization) {
        return model.priced(of(model, organization));
    }
}
