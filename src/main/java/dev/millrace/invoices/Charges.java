package dev.millrace.invoices;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import dev.millrace.usage.UsageCharge;
import java.util.List;

/** Where a closing has the charges of a window from. */
interface Charges {
    /** What was charged in the window, by model and key, as the transaction sees it. */
    List<UsageCharge> of(Tx tx, OrganizationId organization, Window window);
}
