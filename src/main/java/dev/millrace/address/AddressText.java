package dev.millrace.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Reads the text of an address. It has one spelling here: four decimal numbers, or IPv6 without a zone. What other
 * clients also take for an address ({@code 127.1}, {@code 0x7f.1}, {@code 2130706433}, {@code 0177.0.0.1}) is none.
 */
public final class AddressText {
    private AddressText() {}

    /** The address that the text spells, without brackets; IPv4 addresses that are mapped into IPv6 come out as IPv4. */
    public static Optional<InetAddress> parse(String text) {
        boolean six = text.indexOf(':') >= 0;
        if (six ? !text.chars().allMatch(AddressText::inIpv6) : !dotted(text)) {
            return Optional.empty();
        }
        try {
            // both forms are plain literals by now, for which nothing is looked up
            return Optional.of(InetAddress.getByName(six ? "[" + text + "]" : text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
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

    private static boolean inIpv6(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F' || c == ':' || c == '.';
    }
}
