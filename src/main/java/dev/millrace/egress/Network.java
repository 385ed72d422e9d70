package dev.millrace.egress;

import java.net.InetAddress;

/** A range of addresses in CIDR form. */
final class Network {
    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * The network that a text such as {@code 127.0.0.0/8} names; without a slash, a single address.
     *
     * @throws IllegalArgumentException when it names none
     */
    static Network parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] prefix = HostText.literal(address)
                .map(InetAddress::getAddress)
                .orElseThrow(() -> new IllegalArgumentException("not a network such as 10.0.0.0/8: " + text));
        int all = prefix.length * 8;
        try {
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            if (bits >= 0 && bits <= all) {
                return new Network(prefix, bits);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("the length of this network's prefix is not 0 to " + all + ": " + text);
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (bytes[i] != prefix[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || ((bytes[whole] ^ prefix[whole]) & 0xFF) >>> (8 - rest) == 0;
    }
}
