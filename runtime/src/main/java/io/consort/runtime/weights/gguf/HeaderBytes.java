package io.consort.runtime.weights.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a header under construction. */
final class HeaderBytes {

    private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void magic() {
        bytes.writeBytes(MAGIC);
    }

    void int32(long value) {
        bytes.writeBytes(little(Integer.BYTES).putInt((int) value).array());
    }

    void int64(long value) {
        bytes.writeBytes(little(Long.BYTES).putLong(value).array());
    }

    void text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        int64(encoded.length);
        bytes.writeBytes(encoded);
    }

    void pair(String key, GgufValue value) {
        ValueKind kind = ValueKind.of(value);
        text(key);
        int32(kind.number());
        value(kind, value);
    }

    void pad(int alignment) {
        while (bytes.size() % alignment != 0) {
            bytes.write(0);
        }
    }

    byte[] toArray() {
        return bytes.toByteArray();
    }

    private void value(ValueKind kind, GgufValue value) {
        switch (value) {
            case GgufValue.Whole whole -> whole(kind, whole.value());
            case GgufValue.Real real -> int32(Float.floatToIntBits((float) real.value()));
            case GgufValue.Flag flag -> bytes.write(flag.value() ? 1 : 0);
            case GgufValue.Text text -> text(text.value());
            case GgufValue.Items items -> items(items);
        }
    }

    private void whole(ValueKind kind, long value) {
        if (kind == ValueKind.INT32 || kind == ValueKind.UINT32) {
            int32(value);
        } else {
            int64(value);
        }
    }

    private void items(GgufValue.Items items) {
        ValueKind kind = ValueKind.ofElements(items);
        int32(kind.number());
        int64(items.values().size());
        items.values().forEach(item -> value(kind, item));
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
