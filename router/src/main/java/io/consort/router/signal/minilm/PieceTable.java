package io.consort.router.signal.minilm;

import java.util.Arrays;
import java.util.Map;

/**
 * Pieces and their ids in a hash table over characters, so that a part of a word is looked up where
 * it lies. Immutable.
 */
final class PieceTable {

    /** The hash of no characters. */
    static final int EMPTY = 0x811C9DC5;

    private static final int PRIME = 0x01000193;

    /** [slot]: the piece's hash, and below it one more than its place; 0 where the slot is free. */
    private final long[] slots;

    private final int[] starts;
    private final int[] ids;
    private final char[] characters;
    private final int longest;

    PieceTable(Map<String, Integer> pieces) {
        slots = new long[Math.max(2, Integer.highestOneBit(pieces.size()) << 2)];
        starts = new int[pieces.size() + 1];
        ids = new int[pieces.size()];
        StringBuilder all = new StringBuilder();
        int place = 0;
        int most = 0;
        for (Map.Entry<String, Integer> piece : pieces.entrySet()) {
            all.append(piece.getKey());
            most = Math.max(most, piece.getKey().length());
            ids[place] = piece.getValue();
            place++;
            starts[place] = all.length();
            insert(piece.getKey(), place);
        }
        characters = all.toString().toCharArray();
        longest = most;
    }

    private void insert(String piece, int number) {
        int hash = hash(piece);
        int slot = slot(hash);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = (long) hash << 32 | number;
    }

    /** Characters of the longest piece. */
    int longest() {
        return longest;
    }

    /** The hash of some characters and one more. */
    static int hash(int before, char next) {
        return (before ^ next) * PRIME;
    }

    private static int hash(String piece) {
        int hash = EMPTY;
        for (int i = 0; i < piece.length(); i++) {
            hash = hash(hash, piece.charAt(i));
        }
        return hash;
    }

    /** The id of a piece, or -1. */
    int find(String piece) {
        return find(piece.toCharArray(), 0, piece.length(), hash(piece));
    }

    /**
     * The id of the piece at these places of a text, or -1.
     *
     * @param hash of the characters there, see {@link #hash(int, char)}
     */
    int find(char[] text, int from, int to, int hash) {
        int slot = slot(hash);
        while (slots[slot] != 0) {
            if ((int) (slots[slot] >>> 32) == hash) {
                int place = (int) slots[slot] - 1;
                if (Arrays.equals(characters, starts[place], starts[place + 1], text, from, to)) {
                    return ids[place];
                }
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return -1;
    }

    private int slot(int hash) {
        int mixed = hash * 0x9E3779B1;
        return (mixed ^ mixed >>> 15) & (slots.length - 1);
    }
}
