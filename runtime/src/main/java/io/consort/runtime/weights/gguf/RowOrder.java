package io.consort.runtime.weights.gguf;

import io.consort.runtime.weights.Preparation;
import io.consort.runtime.weights.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;

/**
 * Puts the rows of a query or key matrix, or the values of its bias, into the order of the half-split
 * rotary layout. Files of the architecture {@code llama} hold them in the order of the interleaved
 * one: within a head of size d, row {@code 2 i + j} belongs at {@code i + j d / 2}. Rows are copied as
 * they are stored, so that quantised ones lose nothing.
 */
record RowOrder(int heads) implements Preparation {

    @Override
    public Tensor prepare(Tensor stored, Arena arena) {
        long rows = stored.shape().getFirst();
        if (rows % (2L * heads) != 0) {
            return stored;
        }
        long rowBytes = stored.data().byteSize() / rows;
        long head = rows / heads;
        MemorySegment ordered = arena.allocate(stored.data().byteSize());
        for (long row = 0; row < rows; row++) {
            long within = row % head;
            long half = head / 2;
            long source = row - within + 2 * (within % half) + within / half;
            MemorySegment.copy(stored.data(), source * rowBytes, ordered, row * rowBytes, rowBytes);
        }
        return new Tensor(
                stored.file(),
                OptionalLong.empty(),
                stored.name(),
                stored.type(),
                stored.shape(),
                ordered);
    }
}
