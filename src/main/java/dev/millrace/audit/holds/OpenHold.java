package dev.millrace.audit.holds;

import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import dev.millrace.wallet.HoldId;
import java.time.Instant;

/**
 * A hold that nobody has ended yet.
 *
 * @param amount what is set aside
 * @param model what it was made for
 * @param heldAt when it was made
 */
public record OpenHold(HoldId id, OrganizationId organization, Money amount, String model, Instant heldAt) {
    /** What it is for: what its name begins with, as {@code live}. */
    public String kind() {
        return id.text().substring(0, id.text().indexOf(':'));
    }

    /** Names what it is for, within its kind. */
    public String subject() {
        return id.text().substring(id.text().indexOf(':') + 1);
    }
}
