package io.consort.runtime.backend;

/**
 * How the columns of a packed query-key-value row are laid out: query heads, then key heads, then
 * value heads.
 *
 * @param query number of query heads, a multiple of {@code keyValue}
 * @param keyValue number of key heads, and of value heads; each serves {@code query / keyValue}
 *     query heads (grouped-query attention, Ainslie et al. 2023)
 * @param size values of a head
 */
public record Heads(int query, int keyValue, int size) {

    /** Query heads that share a key head. */
    public int group() {
        return query / keyValue;
    }

    /** Columns of all query heads. */
    public int queryWidth() {
        return query * size;
    }

    /** Columns of all key heads, and of all value heads. */
    public int keyValueWidth() {
        return keyValue * size;
    }

    /** Columns of a packed row. */
    public int width() {
        return queryWidth() + 2 * keyValueWidth();
    }
}
