package dev.millrace.address;

import java.net.InetAddress;

/** A range of addresses in CIDR form. */
public final class Network {
    private final String text;
    private final byte[] prefix;
    private final int bits;

    private Network(String text, byte[] prefix, int bits) {
        this.text = text;
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * The network that a text such as {@code 127.0.0.0/8} names; without a slash, a single address.
     *
     * @throws IllegalArgumentException when it names none
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] prefix = AddressText.parse(address)
                .map(InetAddress::getAddress)
                .orElseThrow(() -> new IllegalArgumentException("not a network such as 10.0.0.0/8: " + text));
        int all = prefix.length * 8;
        try {
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            if (bits >= 0 && bits <= all) {
                return new Network(text, prefix, bits);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("the length of this network's prefix is not 0 to " + all + ": " + text);
    }

    public boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    private boolean contains(byte[] bytes) {
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

    /** Whether every address of the other one is within this one. */
    public boolean covers(Network other) {
        return other.bits >= bits && contains(other.prefix);
    }

    /** Whether the text spells an address within; false also for a text that spells none. */
    public boolean contains(String address) {
        return AddressText.parse(address).filter(this::contains).isPresent();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
