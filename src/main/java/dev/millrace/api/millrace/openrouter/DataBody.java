package dev.millrace.api.millrace.openrouter;

/** An answer in the envelope that all of OpenRouter's have. */
record DataBody<T>(T data) {}
