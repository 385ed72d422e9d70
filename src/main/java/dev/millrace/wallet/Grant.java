package dev.millrace.wallet;

import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;
import java.time.Instant;

/**
 * Money that the platform gave for a time. It is spent before what was paid for, the one that expires first before the others.
 *
 * @param unspent what can be spent still; it is part of what the wallet has available
 * @param held what open holds have set aside of it
 * @param expired what was taken back
 */
public record Grant(
        String id,
        OrganizationId organization,
        Money amount,
        Money unspent,
        Money held,
        Money expired,
        Instant expiresAt,
        Instant createdAt) {}
