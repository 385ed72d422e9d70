package dev.millrace.wallet;

/**
 * Why money was moved by hand.
 *
 * @param reason in words; empty when none was given
 * @param reference the number of the paper that says so, as an invoice's; empty when there is none
 */
public record Note(String reason, String reference) {
    public static final Note NONE = new Note("", "");
    private static final int LONGEST = 200;

    /** @throws IllegalArgumentException when one of them is longer than 200 letters */
    public Note {
        if (reason.length() > LONGEST || reference.length() > LONGEST) {
            throw new IllegalArgumentException("reason and reference have at most " + LONGEST + " letters");
        }
    }
}
