package dev.millrace.provider.sandbox.paint;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A Huffman code as VP8L has it: canonical, at most fifteen bits for a symbol, and none when there is one symbol only. */
final class HuffmanCode {
    private static final int LONGEST = 15;
    private static final int LENGTHS = 19;
    private static final int LENGTH_BITS = 4;
    /** In this order the lengths of the lengths' codes stand in the file. */
    private static final int[] ORDER = {17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    private final int[] lengths;
    private final int[] codes;
    private final int single;

    private HuffmanCode(int[] lengths, int single) {
        this.lengths = lengths;
        this.codes = canonical(lengths);
        this.single = single;
    }

    /** The best code for symbols that come so often. */
    static HuffmanCode of(int[] counts) {
        int used = 0;
        int last = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                used++;
                last = i;
            }
        }
        if (used <= 1) {
            return new HuffmanCode(new int[counts.length], last);
        }
        int[] weights = counts.clone();
        int[] lengths = lengths(weights);
        while (longest(lengths) > LONGEST) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] = weights[i] == 0 ? 0 : weights[i] / 2 + 1;
            }
            lengths = lengths(weights);
        }
        return new HuffmanCode(lengths, -1);
    }

    /** Writes the code itself: a fixed four bits for each symbol's length. */
    void writeLengths(BitWriter bits) {
        if (single >= 0) {
            writeSingle(bits, single);
            return;
        }
        bits.put(0, 1);
        bits.put(LENGTHS - 4, 4);
        for (int symbol : ORDER) {
            bits.put(symbol <= LONGEST ? LENGTH_BITS : 0, 3);
        }
        bits.put(0, 1);
        for (int length : lengths) {
            bits.put(reversed(length, LENGTH_BITS), LENGTH_BITS);
        }
    }

    /** Writes a code of one symbol below 256. */
    static void writeSingle(BitWriter bits, int symbol) {
        bits.put(1, 1);
        bits.put(0, 1);
        bits.put(1, 1);
        bits.put(symbol, 8);
    }

    void write(BitWriter bits, int symbol) {
        if (single < 0) {
            bits.put(codes[symbol], lengths[symbol]);
        }
    }

    private record Node(
            long weight,
            int symbol,
            @Nullable Node left,
            @Nullable Node right) {}

    private static int[] lengths(int[] weights) {
        var open =
                new PriorityQueue<Node>(Comparator.comparingLong(Node::weight).thenComparingInt(Node::symbol));
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                open.add(new Node(weights[i], i, null, null));
            }
        }
        int number = weights.length;
        while (open.size() > 1) {
            Node a = open.remove();
            Node b = open.remove();
            open.add(new Node(a.weight() + b.weight(), number++, a, b));
        }
        int[] lengths = new int[weights.length];
        measure(open.remove(), 0, lengths);
        return lengths;
    }

    private static void measure(Node node, int depth, int[] lengths) {
        Node left = node.left();
        Node right = node.right();
        if (left == null || right == null) {
            lengths[node.symbol()] = depth;
            return;
        }
        measure(left, depth + 1, lengths);
        measure(right, depth + 1, lengths);
    }

    private static int longest(int[] lengths) {
        int longest = 0;
        for (int length : lengths) {
            longest = Math.max(longest, length);
        }
        return longest;
    }

    /** Codes by length and then by symbol, turned round because the file has the lowest bit first. */
    private static int[] canonical(int[] lengths) {
        int[] codes = new int[lengths.length];
        int code = 0;
        for (int length = 1; length <= LONGEST; length++) {
            for (int symbol = 0; symbol < lengths.length; symbol++) {
                if (lengths[symbol] == length) {
                    codes[symbol] = reversed(code++, length);
                }
            }
            code <<= 1;
        }
        return codes;
    }

    private static int reversed(int value, int bits) {
        return Integer.reverse(value) >>> 32 - bits;
    }
}
