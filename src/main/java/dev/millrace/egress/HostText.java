package dev.millrace.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Reads the host of a URL. An address has one spelling here: four decimal numbers, or IPv6 without a zone. What other
 * clients also take for an address ({@code 127.1}, {@code 0x7f.1}, {@code 2130706433}, {@code 0177.0.0.1}) is neither an
 * address nor a name.
 */
final class HostText {
    private static final int NAME_MAX = 253;
    private static final int LABEL_MAX = 63;

    private HostText() {}

    /** The address that the text spells, without brackets; IPv4 addresses that are mapped into IPv6 come out as IPv4. */
    static Optional<InetAddress> literal(String text) {
        boolean six = text.indexOf(':') >= 0;
        if (six ? !text.chars().allMatch(HostText::inIpv6) : !dotted(text)) {
            return Optional.empty();
        }
        try {
            // both forms are plain literals by now, for which nothing is looked up
            return Optional.of(InetAddress.getByName(six ? "[" + text + "]" : text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

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

    private static boolean dotted(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean plain = !part.isEmpty()
                    && part.length() <= 3
                    && part.chars().allMatch(c -> c >= '0' && c <= '9')
                    && (part.length() == 1 || part.charAt(0) != '0');
            if (!plain || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    private static boolean number(String label) {
        return label.chars().allMatch(c -> c >= '0' && c <= '9') || label.startsWith("0x") || label.startsWith("0X");
    }

    private static boolean inIpv6(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' || c == ':' || c == '.';
    }

    private static boolean inLabel(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_';
    }
}
