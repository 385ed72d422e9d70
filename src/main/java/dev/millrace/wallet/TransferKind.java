package dev.millrace.wallet;

import java.util.Locale;

/** Why a transfer was made. */
public enum TransferKind {
    /** Money in: from cash-in or promotion to available. */
    TOPUP,
    /** Set aside: from available to held. */
    HOLD,
    /** Charged: from held to revenue. */
    SETTLE,
    /** Given back: from held to available. */
    RELEASE,
    /** Paid back after the charge: from revenue to available. */
    REFUND,
    /** Billed by an upstream beyond the hold: from absorbed-loss to revenue. */
    ABSORB,
    /** Taken back where it came from, when a payment was undone or a gift has ended: from available to cash-in or promotion. */
    TAKEBACK,
    /** Given for a time: from promotion to available. */
    GRANT,
    /** What is left of a grant whose time is over: from available to promotion. */
    EXPIRE,
    /** May be spent before it is paid: from credit to available. */
    CREDIT,
    /** May not any more: from available to credit. */
    REDUCE;

    private final String code = name().toLowerCase(Locale.ROOT);

    /** The code that is stored and shown, and with which the transfer's id begins. */
    public String code() {
        return code;
    }

    static TransferKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
