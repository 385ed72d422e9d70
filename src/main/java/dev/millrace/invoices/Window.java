package dev.millrace.invoices;

import java.time.Instant;

/** From one moment on and before another. */
record Window(Instant from, Instant until) {}
