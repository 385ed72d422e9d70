package dev.millrace.provider;

/**
 * A piece of a tool call as it comes. The first piece of an index opens the call; its arguments may be empty.
 *
 * @param index counts the calls of one answer from 0
 * @param id the call's, the same in all of its pieces
 * @param name the tool's, the same in all of its pieces
 * @param arguments what is to be appended to the call's arguments
 */
public record ToolPiece(int index, String id, String name, String arguments) {}
