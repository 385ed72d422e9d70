package dev.millrace.console.account;

/**
 * One key in the list.
 *
 * @param label what may be shown of its secret
 * @param requests of the last thirty days
 * @param spent in the last thirty days
 * @param changeable whether the reader may rotate and revoke it
 */
public record KeyLine(
        String id,
        String name,
        String label,
        String environment,
        String role,
        String state,
        String tone,
        String created,
        long requests,
        String spent,
        boolean changeable) {}
