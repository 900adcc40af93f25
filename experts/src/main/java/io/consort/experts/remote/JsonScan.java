package io.consort.experts.remote;

/** Steps over JSON without making anything of it. Values are skipped by their brackets and quotes. */
final class JsonScan {

    private JsonScan() {}

    /** The first place from {@code at} on that is not white space, or {@code end}. */
    static int skipSpace(byte[] json, int at, int end) {
        int here = at;
        while (here < end && isSpace(json[here])) {
            here++;
        }
        return here;
    }

    /** The place behind the value that begins at {@code at}. */
    static int skipValue(byte[] json, int at, int end) {
        if (at >= end) {
            throw new MalformedJsonException("A value is missing", at);
        }
        return switch (json[at]) {
            case '"' -> skipString(json, at, end);
            case '{', '[' -> skipContainer(json, at, end);
            default -> skipLiteral(json, at, end);
        };
    }

    /** The place behind the string whose opening quote is at {@code at}. */
    static int skipString(byte[] json, int at, int end) {
        int here = at + 1;
        while (here < end) {
            byte value = json[here];
            if (value == '"') {
                return here + 1;
            }
            here += value == '\\' ? 2 : 1;
        }
        throw new MalformedJsonException("A string does not end", at);
    }

    private static int skipContainer(byte[] json, int at, int end) {
        int depth = 0;
        int here = at;
        while (here < end) {
            switch (json[here]) {
                case '"' -> here = skipString(json, here, end) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    depth--;
                    if (depth == 0) {
                        return here + 1;
                    }
                }
                default -> {}
            }
            here++;
        }
        throw new MalformedJsonException("A bracket is not closed", at);
    }

    private static int skipLiteral(byte[] json, int at, int end) {
        int here = at;
        while (here < end && isLiteral(json[here])) {
            here++;
        }
        if (here == at) {
            throw new MalformedJsonException("A value is missing", at);
        }
        return here;
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }

    private static boolean isLiteral(byte value) {
        return (value >= '0' && value <= '9')
                || (value >= 'a' && value <= 'z')
                || value == '-'
                || value == '+'
                || value == '.'
                || value == 'E';
    }
}
