/**
 * What is produced and how it is counted: modalities, units, and quantities of units. Prices, upstream reports and usage
 * rows all speak in these. Invariant: a quantity is exact and never negative. Imports nothing of Millrace.
 */
@NullMarked
package dev.millrace.meter;

import org.jspecify.annotations.NullMarked;
