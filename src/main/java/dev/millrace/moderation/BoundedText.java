package dev.millrace.moderation;

/**
 * A text that lets a pattern look at it so many times and no more: some patterns take more time than there is on texts that are
 * made for that.
 */
final class BoundedText implements CharSequence {
    /** Some hundredths of a second. */
    static final int LOOKS_MAX = 2_000_000;

    private final CharSequence text;
    private final int[] looks;

    BoundedText(CharSequence text) {
        this(text, new int[1]);
    }

    private BoundedText(CharSequence text, int[] looks) {
        this.text = text;
        this.looks = looks;
    }

    @Override
    public char charAt(int index) {
        if (++looks[0] > LOOKS_MAX) {
            throw new OverException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(text.subSequence(start, end), looks);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** The pattern has looked too often. */
    static final class OverException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OverException() {
            super("a pattern of moderation took too long", null, false, false);
        }
    }
}
