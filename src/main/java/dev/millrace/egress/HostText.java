package dev.millrace.egress;

/** Reads the name of a host in a URL. */
final class HostText {
    private static final int NAME_MAX = 253;
    private static final int LABEL_MAX = 63;

    private HostText() {}

    /** Whether it is a host name: labels of ASCII letters, digits, hyphens and underscores, the last of which is no number. */
    static boolean name(String text) {
        if (text.isEmpty() || text.length() > NAME_MAX) {
            return false;
        }
        String[] labels = text.split("\\.", -1);
        for (String label : labels) {
            if (label.isEmpty() || label.length() > LABEL_MAX || !label.chars().allMatch(HostText::inLabel)) {
                return false;
            }
        }
        return !number(labels[labels.length - 1]);
    }

    private static boolean number(String label) {
        return label.chars().allMatch(c -> c >= '0' && c <= '9') || label.startsWith("0x") || label.startsWith("0X");
    }

    private static boolean inLabel(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_';
    }
}
