package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Step;
import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.backend.cuda.driver.PinnedMemory;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * What a step is about, in fixed places on the device: tokens, positions, block tables, and tiles of up
 * to 64 rows of one sequence for attention. The places change only when they become too small.
 */
final class StepData implements AutoCloseable {

    private static final int TILE_ROWS = 64;
    private static final int TILE_FIELDS = 4;

    /** Positions of a piece: 16 blocks. */
    private static final int SHARE = 256;

    private static final int ROW_SECTIONS = 3;

    private final Context context;
    private final Stream stream;
    private int rowRoom;
    private int tableRoom;
    private DeviceMemory device;
    private PinnedMemory host;
    private int generation;
    private boolean decode;
    private int tiles;
    private int longest;

    StepData(Context context, Stream stream) {
        this.context = context;
        this.stream = stream;
        this.rowRoom = TILE_ROWS;
        this.tableRoom = 1 << 14;
        this.device = DeviceMemory.allocate(context, bytes());
        this.host = PinnedMemory.allocate(context, bytes());
    }

    /** Sends a step to the device. The stream has finished the step before. */
    void send(Step step) {
        int blocks = step.spans().stream().mapToInt(span -> span.blocks().length).sum();
        makeRoom(step.rows(), blocks);
        MemorySegment to = host.segment();
        MemorySegment.copy(step.tokens(), 0, to, ValueLayout.JAVA_INT, 0, step.rows());
        int table = tablesAt();
        int start = 0;
        decode = true;
        longest = 0;
        for (Step.Span span : step.spans()) {
            for (int i = 0; i < span.rows(); i++) {
                int row = span.firstRow() + i;
                put(rowRoom + row, span.start() + i);
                put(2 * rowRoom + row, start);
            }
            decode &= span.rows() == 1;
            longest = Math.max(longest, span.start() + span.rows());
            int count = span.blocks().length;
            MemorySegment.copy(
                    span.blocks(), 0, to, ValueLayout.JAVA_INT, 4L * (table + start), count);
            start += count;
        }
        putTiles(step.spans());
        stream.copyToDevice(device.address(), to.asSlice(0, 4L * (table + start)));
    }

    /** Takes note of a step whose numbers lie on the device already. */
    void follow(Step step) {
        decode = true;
        longest = 0;
        for (Step.Span span : step.spans()) {
            decode &= span.rows() == 1;
            longest = Math.max(longest, span.start() + span.rows());
        }
    }

    /** Tiles see the more, the later they are; the longest go first. */
    private void putTiles(List<Step.Span> spans) {
        tiles = 0;
        int end = spans.stream().mapToInt(span -> span.blocks().length).sum();
        for (Step.Span span : spans.reversed()) {
            end -= span.blocks().length;
            int last = (span.rows() - 1) / TILE_ROWS * TILE_ROWS;
            for (int from = last; from >= 0; from -= TILE_ROWS) {
                int at = ROW_SECTIONS * rowRoom + TILE_FIELDS * tiles++;
                put(at, span.firstRow() + from);
                put(at + 1, Math.min(TILE_ROWS, span.rows() - from));
                put(at + 2, span.start() + from);
                put(at + 3, end);
            }
        }
    }

    private void put(int index, int value) {
        host.segment().setAtIndex(ValueLayout.JAVA_INT, index, value);
    }

    private void makeRoom(int rows, int blocks) {
        if (rows <= rowRoom && blocks <= tableRoom) {
            return;
        }
        rowRoom = Math.max(rowRoom, Integer.highestOneBit(Math.max(1, rows - 1)) * 2);
        tableRoom = Math.max(tableRoom, Integer.highestOneBit(Math.max(1, blocks - 1)) * 2);
        close();
        device = DeviceMemory.allocate(context, bytes());
        host = PinnedMemory.allocate(context, bytes());
        generation++;
    }

    /** There are at most as many tiles as rows. */
    private int tablesAt() {
        return (ROW_SECTIONS + TILE_FIELDS) * rowRoom;
    }

    private long bytes() {
        return 4L * (tablesAt() + tableRoom);
    }

    /** How often the places have changed. */
    int generation() {
        return generation;
    }

    /** Whether every sequence has one new position. */
    boolean isDecode() {
        return decode;
    }

    /** Into how many pieces the longest sequence is worth sharing out, a power of two. */
    int shares() {
        return shares(longest);
    }

    /** The same when every sequence has become longer by one. */
    int nextShares() {
        return shares(longest + 1);
    }

    private static int shares(int longest) {
        int pieces = Math.ceilDiv(Math.max(1, longest), SHARE);
        return pieces == 1 ? 1 : Integer.highestOneBit(pieces - 1) * 2;
    }

    /** How many tiles there are. */
    int tiles() {
        return tiles;
    }

    long tokens() {
        return device.address();
    }

    long positions() {
        return device.address() + 4L * rowRoom;
    }

    long tableStarts() {
        return device.address() + 8L * rowRoom;
    }

    long tileTable() {
        return device.address() + 4L * ROW_SECTIONS * rowRoom;
    }

    long tables() {
        return device.address() + 4L * tablesAt();
    }

    @Override
    public void close() {
        device.close();
        host.close();
    }
}
