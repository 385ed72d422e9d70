package dev.millrace.access;

import dev.millrace.id.OrganizationId;
import java.time.Instant;

/**
 * Who owns a wallet, keys and jobs.
 *
 * @param operator whether it runs this installation, and so may make others
 */
public record Organization(OrganizationId id, String name, boolean operator, Instant createdAt) {}
