package dev.millrace.lease;

/**
 * The right to do one piece of due work until somebody else claims it.
 *
 * @param kind what sort of work it is
 * @param id names the work within its kind
 * @param part whose work it is: the unit of fairness, usually an organization's id
 * @param fence rises with every claim of the row; every write that depends on the claim checks it
 * @param attempt counts the claims of this row, from 1
 */
public record Claim(String kind, String id, String part, long fence, int attempt) {}
