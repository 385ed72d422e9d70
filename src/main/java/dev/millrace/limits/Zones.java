package dev.millrace.limits;

import dev.millrace.db.Tx;
import dev.millrace.id.OrganizationId;
import java.time.ZoneId;

/** Says by which calendar an organization's days and months begin. */
@FunctionalInterface
public interface Zones {
    ZoneId of(Tx tx, OrganizationId organization);
}
