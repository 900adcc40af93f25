package io.consort.runtime.weights.gguf;

import io.consort.runtime.weights.CheckpointException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a header from its beginning, and never beyond the file's end. */
final class GgufCursor {

    /** Bytes of one text at most. */
    private static final long TEXT_LIMIT = 1 << 27;

    /** Elements of all lists together at most. */
    private static final long ITEM_LIMIT = 1 << 23;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final MemorySegment data;
    private long place;
    private long items;

    GgufCursor(Path file, MemorySegment data) {
        this.file = file;
        this.data = data;
    }

    /** The next byte's place. */
    long place() {
        return place;
    }

    int int32(String what) {
        return data.get(INT, advance(Integer.BYTES, what));
    }

    long int64(String what) {
        return data.get(LONG, advance(Long.BYTES, what));
    }

    /** A count of things that take at least so many bytes each, which the file can hold. */
    int count(String what, int leastBytes) {
        long count = int64(what);
        if (count < 0 || count > (data.byteSize() - place) / leastBytes) {
            throw damaged(
                    "%s is %s, which the file of %d bytes cannot hold"
                            .formatted(what, Long.toUnsignedString(count), data.byteSize()));
        }
        if (count > ITEM_LIMIT) {
            throw damaged("%s is %d, above the limit of %d".formatted(what, count, ITEM_LIMIT));
        }
        return (int) count;
    }

    String text(String what) {
        long length = int64("the length of " + what);
        if (length < 0 || length > data.byteSize() - place || length > TEXT_LIMIT) {
            throw damaged(
                    "%s should have %s bytes, which the file of %d bytes cannot hold"
                            .formatted(what, Long.toUnsignedString(length), data.byteSize()));
        }
        long from = advance(length, what);
        byte[] bytes = data.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    GgufValue value(String key) {
        ValueKind kind = kind(key);
        return kind == ValueKind.ARRAY ? list(key) : single(kind, key);
    }

    private GgufValue list(String key) {
        ValueKind kind = kind(key);
        if (kind == ValueKind.ARRAY) {
            throw damaged("`%s` is a list of lists".formatted(key));
        }
        int count = count("the length of `%s`".formatted(key), kind.leastBytes());
        items += count;
        if (items > ITEM_LIMIT) {
            throw damaged("its lists hold more than %d values".formatted(ITEM_LIMIT));
        }
        List<GgufValue> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(single(kind, key));
        }
        return new GgufValue.Items(values);
    }

    private GgufValue single(ValueKind kind, String key) {
        if (kind == ValueKind.STRING) {
            return GgufValue.of(text("`%s`".formatted(key)));
        }
        long at = advance(kind.leastBytes(), key);
        return switch (kind) {
            case UINT8 -> GgufValue.of(Byte.toUnsignedLong(data.get(ValueLayout.JAVA_BYTE, at)));
            case INT8 -> GgufValue.of((long) data.get(ValueLayout.JAVA_BYTE, at));
            case UINT16 -> GgufValue.of(Short.toUnsignedLong(data.get(SHORT, at)));
            case INT16 -> GgufValue.of((long) data.get(SHORT, at));
            case UINT32 -> GgufValue.of(Integer.toUnsignedLong(data.get(INT, at)));
            case INT32 -> GgufValue.of((long) data.get(INT, at));
            case UINT64, INT64 -> GgufValue.of(data.get(LONG, at));
            case FLOAT32 -> GgufValue.of((double) data.get(FLOAT, at));
            case FLOAT64 -> GgufValue.of(data.get(DOUBLE, at));
            case BOOL -> GgufValue.of(data.get(ValueLayout.JAVA_BYTE, at) != 0);
            case STRING, ARRAY -> throw new IllegalStateException(kind.name());
        };
    }

    private ValueKind kind(String key) {
        int number = int32("the type of `%s`".formatted(key));
        return ValueKind.of(number)
                .orElseThrow(() -> damaged("`%s` has the unknown type %d".formatted(key, number)));
    }

    private long advance(long bytes, String what) {
        if (bytes > data.byteSize() - place) {
            throw damaged("it is truncated: it ends within " + what);
        }
        long at = place;
        place += bytes;
        return at;
    }

    CheckpointException damaged(String problem) {
        return new CheckpointException(file, problem, "the file is damaged; fetch it again");
    }
}
