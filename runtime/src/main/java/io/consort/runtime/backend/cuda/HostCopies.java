package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Choice;
import io.consort.runtime.backend.Chosen;
import io.consort.runtime.backend.cuda.driver.Element;
import io.consort.runtime.backend.cuda.driver.PinnedMemory;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Copies of rows between a device and its host, through pinned memory that grows as it must. */
final class HostCopies implements AutoCloseable {

    private static final int LEAST = 1 << 20;

    private final Stream stream;
    private final Scratch scratch;
    private final Launches launches;
    private final Draws draws;
    private PinnedMemory memory;

    HostCopies(Stream stream, Scratch scratch, Launches launches, Draws draws) {
        this.stream = stream;
        this.scratch = scratch;
        this.launches = launches;
        this.draws = draws;
        this.memory = PinnedMemory.allocate(stream.context(), LEAST);
    }

    /** Pinned memory that no copy uses. */
    MemorySegment room(long bytes) {
        if (memory.segment().byteSize() < bytes) {
            stream.synchronize();
            memory.close();
            memory = PinnedMemory.allocate(stream.context(), bytes);
        }
        return memory.segment().asSlice(0, bytes);
    }

    /** Values of rows on the host. */
    float[] read(CudaRows rows) {
        int mark = scratch.mark();
        CudaRows floats = launches.convert(rows, Element.F32);
        MemorySegment to = room(floats.bytes());
        stream.copyToHost(to, floats.address());
        stream.synchronize();
        scratch.release(mark);
        return to.toArray(ValueLayout.JAVA_FLOAT);
    }

    /** Replaces the values of rows. */
    void write(CudaRows rows, float[] values) {
        stream.synchronize();
        MemorySegment from = room(4L * values.length);
        MemorySegment.copy(values, 0, from, ValueLayout.JAVA_FLOAT, 0, values.length);
        int mark = scratch.mark();
        CudaRows floats =
                rows.element() == Element.F32
                        ? rows
                        : launches.take(rows.count(), rows.width(), Element.F32);
        stream.copyToDevice(floats.address(), from);
        if (rows.element() != Element.F32) {
            launches.convert(floats, rows);
        }
        stream.synchronize();
        scratch.release(mark);
    }

    /** The column of the largest value of each row. */
    int[] largest(CudaRows rows) {
        MemorySegment columns = room((long) Integer.BYTES * rows.count());
        int mark = scratch.mark();
        // Pinned memory has the same address on the device, which writes a few numbers there faster
        // than it starts a copy.
        launches.largest(rows, columns.address());
        stream.synchronize();
        scratch.release(mark);
        return columns.toArray(ValueLayout.JAVA_INT);
    }

    /** A token of each row. */
    Chosen choose(CudaRows rows, List<Choice> choices) {
        List<DrawRule> rules = DrawRule.of(choices);
        if (rules.isEmpty()) {
            return Chosen.plainly(choices, () -> largest(rows));
        }
        long logprobBytes = (long) Double.BYTES * rows.count();
        long tokenBytes = (long) Integer.BYTES * rows.count();
        MemorySegment to = room(logprobBytes + tokenBytes);
        int mark = scratch.mark();
        long logprobs = scratch.take(logprobBytes + tokenBytes);
        long tokens = logprobs + logprobBytes;
        launches.largest(rows, tokens);
        draws.draw(rows, rules, new Draws.Places(tokens, 0, 0, logprobs));
        stream.copyToHost(to, logprobs);
        stream.synchronize();
        scratch.release(mark);
        return new Chosen(
                to.asSlice(logprobBytes).toArray(ValueLayout.JAVA_INT),
                to.asSlice(0, logprobBytes).toArray(ValueLayout.JAVA_DOUBLE));
    }

    /** Where numbers lie in scratch memory, once the stream has come there. */
    long send(int[] numbers) {
        long address = scratch.take((long) Integer.BYTES * numbers.length);
        stream.synchronize();
        MemorySegment from = room((long) Integer.BYTES * numbers.length);
        MemorySegment.copy(numbers, 0, from, ValueLayout.JAVA_INT, 0, numbers.length);
        stream.copyToDevice(address, from);
        return address;
    }

    @Override
    public void close() {
        memory.close();
    }
}
