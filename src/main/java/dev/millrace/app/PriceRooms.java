package dev.millrace.app;

import dev.millrace.billing.PriceTerms;
import dev.millrace.catalog.PriceVersionStore;

/**
 * What customers pay, and what they paid.
 *
 * @param terms the markups and minimums that hold now
 * @param versions every price list that was ever served
 */
record PriceRooms(PriceTerms terms, PriceVersionStore versions) {}
