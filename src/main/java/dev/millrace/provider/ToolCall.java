package dev.millrace.provider;

/**
 * A call of a tool that a language model asked its client to make.
 *
 * @param id names it within its conversation; the message with its result bears the same
 * @param name the tool's
 * @param arguments as the model wrote them: a JSON object when all went well, and never looked into here
 */
public record ToolCall(String id, String name, String arguments) {}
