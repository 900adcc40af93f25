package io.consort.experts.remote;

/** Walks over the elements of one JSON array in UTF-8. Not thread-safe. */
final class JsonElements {

    private final byte[] json;
    private final int limit;
    private int next;
    private boolean first = true;
    private int start;
    private int end;

    /** The elements of the value in a range; a value that is no array has none. */
    JsonElements(byte[] json, int from, int limit) {
        this.json = json;
        this.limit = limit;
        next = json[from] == '[' ? from + 1 : limit;
    }

    /** Goes to the next element; false after the last one. */
    boolean next() {
        int here = JsonScan.skipSpace(json, next, limit);
        if (here >= limit || json[here] == ']') {
            return false;
        }
        if (!first) {
            if (json[here] != ',') {
                throw new MalformedJsonException("A ',' is missing", here);
            }
            here = JsonScan.skipSpace(json, here + 1, limit);
        }
        first = false;
        start = here;
        end = JsonScan.skipValue(json, here, limit);
        next = end;
        return true;
    }

    /** Where the current element begins. */
    int start() {
        return start;
    }

    /** The place behind the current element. */
    int end() {
        return end;
    }
}
