package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Fields;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An instruction of a program while it is written: a head, and fields as {@code native/program_data.cuh} has them. */
final class Instruction implements Fields {

    static final int BYTES = 256;

    static final int EMBED = 0;
    static final int LINEAR = 1;
    static final int ATTEND = 2;

    private static final int AFTER_AT = 4;

    private final int kind;
    private final int units;
    private final MemorySegment memory = Arena.ofAuto().allocate(BYTES, Long.BYTES);
    private int end;

    /**
     * Begins one.
     *
     * @param units into which blocks share it out
     */
    Instruction(int kind, int code, int units) {
        this.kind = kind;
        this.units = units;
        field(kind).field(0).field(code).field(units);
    }

    /** Whether it is attention. */
    boolean attends() {
        return kind == ATTEND;
    }

    /** Into how many units blocks share it out. */
    int units() {
        return units;
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

    /**
     * Writes it where the device reads it.
     *
     * @param after how many instructions of its program must have been done before
     */
    void copyTo(MemorySegment target, long offset, int after) {
        MemorySegment.copy(memory, 0, target, offset, BYTES);
        target.set(ValueLayout.JAVA_INT, offset + AFTER_AT, after);
    }
}
