package dev.millrace.jobs;

/** What upstreams' callbacks are taken with. */
public record CallbackParts(CallbackLinks links, CallbackSettings settings) {}
