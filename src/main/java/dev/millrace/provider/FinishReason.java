package dev.millrace.provider;

/** Why a language answer ended. */
public enum FinishReason {
    STOP,
    LENGTH,
    TOOL_CALLS,
    CONTENT_FILTER
}
