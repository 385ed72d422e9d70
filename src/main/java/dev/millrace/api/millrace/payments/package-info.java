/**
 * Money that comes in, on the wire: top-ups by card, the automatic top-up, invoices. Invariant: whoever asks sees and pays for its own
 * organization alone.
 */
@NullMarked
package dev.millrace.api.millrace.payments;

import org.jspecify.annotations.NullMarked;
