package io.consort.runtime.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The printable alphabet in which byte-level BPE writes bytes (Radford et al., "Language Models are
 * Unsupervised Multitask Learners", 2019): printable Latin-1 characters stand for themselves, the
 * other bytes for the characters from U+0100 on, in order.
 */
final class ByteAlphabet {

    private static final int LIMIT = 512;
    private static final short[] BYTE_OF = byteOf();

    private ByteAlphabet() {}

    /** The bytes that a token's text stands for. */
    static byte[] bytes(String token) {
        byte[] bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            char symbol = token.charAt(i);
            if (symbol >= LIMIT || BYTE_OF[symbol] < 0) {
                return token.getBytes(StandardCharsets.UTF_8);
            }
            bytes[i] = (byte) BYTE_OF[symbol];
        }
        return bytes;
    }

    private static short[] byteOf() {
        short[] table = new short[LIMIT];
        Arrays.fill(table, (short) -1);
        int next = 256;
        for (int value = 0; value < 256; value++) {
            boolean printable =
                    (value >= '!' && value <= '~')
                            || (value >= 0xA1 && value <= 0xAC)
                            || value >= 0xAE;
            table[printable ? value : next++] = (short) value;
        }
        return table;
    }
}
