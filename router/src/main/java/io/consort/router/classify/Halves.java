package io.consort.router.classify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Numbers of 16 bits as base64 of their little-endian bytes, row by row. */
final class Halves {

    private Halves() {}

    /** What remains of the numbers once they were stored. */
    static float[] rounded(float[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = Float.float16ToFloat(Float.floatToFloat16(values[i]));
        }
        return rounded;
    }

    static String encode(float[][] rows, int width) {
        ByteBuffer bytes =
                ByteBuffer.allocate(rows.length * width * Short.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            for (float value : row) {
                bytes.putShort(Float.floatToFloat16(value));
            }
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /** Rows of this width; fails where the bytes are damaged or end within a row. */
    static float[][] decode(String encoded, int width) throws IOException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new IOException("it is damaged: " + e.getMessage(), e);
        }
        if (width < 1 || bytes.length % (width * Short.BYTES) != 0) {
            throw new IOException("it is damaged: its numbers are cut off");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        float[][] rows = new float[bytes.length / (width * Short.BYTES)][width];
        for (float[] row : rows) {
            for (int i = 0; i < width; i++) {
                row[i] = Float.float16ToFloat(buffer.getShort());
            }
        }
        return rows;
    }
}
