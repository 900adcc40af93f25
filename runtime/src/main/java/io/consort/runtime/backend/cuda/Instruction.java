package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Fields;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * An instruction of a program while it is written: a head, and fields as {@code native/program_data.cuh} has them. The
 * head says where its rows lie in the exchange through which blocks of the device give them to each other.
 */
final class Instruction implements Fields {

    static final int BYTES = 256;

    static final int EMBED = 0;
    static final int LINEAR = 1;
    static final int ATTEND = 2;

    private static final int NOWHERE = -1;
    private static final int TO_AT = 12;
    private static final int FROM_AT = 16;
    private static final int BASE_AT = 20;
    private static final int KEPT_AT = 24;

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
        field(kind).field(code).field(units).field(NOWHERE).field(NOWHERE).field(NOWHERE).field(0L);
    }

    /** Whether it is attention. */
    boolean attends() {
        return kind == ATTEND;
    }

    /** Into how many units blocks share it out. */
    int units() {
        return units;
    }

    /** Whether another one reads its row from the exchange. */
    boolean gives() {
        return memory.get(ValueLayout.JAVA_INT, TO_AT) != NOWHERE;
    }

    /** From which word of its step's part of the exchange on its row lies. */
    void giveAt(int word) {
        memory.set(ValueLayout.JAVA_INT, TO_AT, word);
    }

    /** Lets it write its row to memory too. */
    void keep() {
        memory.set(ValueLayout.JAVA_INT, KEPT_AT, 1);
    }

    /** Lets its input be the row of another one, which gives it. */
    void takeFrom(Instruction giver) {
        memory.set(ValueLayout.JAVA_INT, FROM_AT, giver.memory.get(ValueLayout.JAVA_INT, TO_AT));
    }

    /** Lets it add to the row of another one, which gives it. */
    void addTo(Instruction giver) {
        memory.set(ValueLayout.JAVA_INT, BASE_AT, giver.memory.get(ValueLayout.JAVA_INT, TO_AT));
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
     * @param firstWord of its step's part of the exchange
     */
    void copyTo(MemorySegment target, long offset, int firstWord) {
        MemorySegment.copy(memory, 0, target, offset, BYTES);
        for (int at : new int[] {TO_AT, FROM_AT, BASE_AT}) {
            int word = memory.get(ValueLayout.JAVA_INT, at);
            if (word != NOWHERE) {
                target.set(ValueLayout.JAVA_INT, offset + at, firstWord + word);
            }
        }
    }
}
