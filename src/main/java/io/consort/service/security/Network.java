package io.consort.service.security;

import java.net.InetAddress;
import java.util.Arrays;

/**
 * A range of addresses of one family.
 *
 * @param prefix an address of the range, in its four or sixteen bytes
 * @param bits how many leading bits are common to all
 */
record Network(byte[] prefix, int bits) {

    Network {
        prefix = prefix.clone();
    }

    /**
     * The range of a text such as {@code 10.0.0.0/8}; a single address without a length.
     *
     * @throws IllegalArgumentException naming the text and the remedy
     */
    static Network of(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            int bits =
                    slash < 0
                            ? bytes.length * 8
                            : Integer.parseInt(text, slash + 1, text.length(), 10);
            if (bits >= 0 && bits <= bytes.length * 8) {
                return new Network(bytes, bits);
            }
        } catch (IllegalArgumentException _) {
            // Told below, for texts that are no address and no number alike.
        }
        throw new IllegalArgumentException(
                "\"%s\" is no network; write one such as 10.1.0.0/16 or fd00::/8".formatted(text));
    }

    /** Whether the address, in its four or sixteen bytes, is in the range. */
    boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(prefix, 0, whole, address, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        int mask = 0xFF00 >> rest & 0xFF;
        return rest == 0 || (prefix[whole] & mask) == (address[whole] & mask);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network that
                && bits == that.bits
                && Arrays.equals(prefix, that.prefix);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(prefix) + bits;
    }

    @Override
    public String toString() {
        return Arrays.toString(prefix) + "/" + bits;
    }
}
