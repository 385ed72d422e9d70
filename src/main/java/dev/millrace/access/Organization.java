package dev.millrace.access;

import dev.millrace.id.OrganizationId;
import java.time.Instant;
import java.time.ZoneId;

/**
 * Who owns a wallet, keys and jobs.
 *
 * @param operator whether it runs this installation, and so may make others
 * @param timeZone in which its days and months begin
 */
public record Organization(OrganizationId id, String name, boolean operator, Instant createdAt, ZoneId timeZone) {}
