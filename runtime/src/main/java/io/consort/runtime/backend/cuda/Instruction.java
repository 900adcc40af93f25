package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Fields;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An instruction of a program while it is written: a head, and fields as {@code native/program.cuh} has them. */
final class Instruction implements Fields {

    static final int BYTES = 256;

    private final MemorySegment memory = Arena.ofAuto().allocate(BYTES, Long.BYTES);
    private int end;

    Instruction(int kind, boolean waits, int code, int units) {
        field(kind).field(waits ? 1 : 0).field(code).field(units);
    }

    @Override
    public Instruction field(long value) {
        end = Math.ceilDiv(end, Long.BYTES) * Long.BYTES;
        memory.set(ValueLayout.JAVA_LONG, end, value);
        end += Long.BYTES;
        return this;
    }

    @Override
    public Instruction field(int value) {
        memory.set(ValueLayout.JAVA_INT, end, value);
        end += Integer.BYTES;
        return this;
    }

    @Override
    public Instruction field(float value) {
        memory.set(ValueLayout.JAVA_FLOAT, end, value);
        end += Float.BYTES;
        return this;
    }

    /** Writes it where the device reads it. */
    void copyTo(MemorySegment target, long offset) {
        MemorySegment.copy(memory, 0, target, offset, BYTES);
    }
}
