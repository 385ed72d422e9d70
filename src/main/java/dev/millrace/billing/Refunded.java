package dev.millrace.billing;

import dev.millrace.id.OrganizationId;
import dev.millrace.money.Money;

/**
 * What came of a refund.
 *
 * @param number which refund of the charge it is
 * @param booked false when the same had been made before
 * @param left what of the charge is left
 */
public record Refunded(OrganizationId organization, int number, boolean booked, Money left) {}
