package dev.millrace.wallet;

import dev.millrace.money.Money;

/**
 * One movement of a statement.
 *
 * @param available what it changed in available; negative where it took
 * @param held what it changed in held; negative where it took
 */
public record StatementLine(Transfer transfer, Money available, Money held, Note note) {}
