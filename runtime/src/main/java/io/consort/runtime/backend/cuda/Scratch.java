package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * A stack of device memory. What is taken after the same takes lies at the same addresses, so that
 * recorded work finds it again. Pieces are never moved; where one is too small another follows.
 */
final class Scratch implements AutoCloseable {

    private static final long PIECE = 64L << 20;
    private static final long ALIGNMENT = 256;

    private final Context context;
    private final List<DeviceMemory> pieces = new ArrayList<>();
    private final List<Long> marks = new ArrayList<>();
    private int piece;
    private long used;

    Scratch(Context context) {
        this.context = context;
    }

    /** The address of so many bytes. */
    long take(long bytes) {
        long size = Math.ceilDiv(Math.max(1, bytes), ALIGNMENT) * ALIGNMENT;
        while (piece < pieces.size() && used + size > pieces.get(piece).bytes()) {
            piece++;
            used = 0;
        }
        if (piece == pieces.size()) {
            pieces.add(DeviceMemory.allocate(context, Math.max(PIECE, size)));
        }
        long address = pieces.get(piece).address() + used;
        used += size;
        return address;
    }

    /** A mark of what is taken now. */
    int mark() {
        marks.add(((long) piece << 40) | used);
        return marks.size() - 1;
    }

    /** Gives back what was taken since the mark. */
    void release(int mark) {
        long place = marks.get(mark);
        marks.subList(mark, marks.size()).clear();
        moveTo(place);
    }

    /** Gives everything back. */
    void clear() {
        marks.clear();
        piece = 0;
        used = 0;
    }

    /** What tells states of the stack apart. */
    long position() {
        return ((long) piece << 40) | used;
    }

    /** Takes and gives back until the stack is in a state that it was in before. */
    void moveTo(long position) {
        piece = (int) (position >>> 40);
        used = position & ((1L << 40) - 1);
    }

    @Override
    public void close() {
        pieces.forEach(DeviceMemory::close);
        pieces.clear();
        clear();
    }
}
