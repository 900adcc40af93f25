package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Activation;
import io.consort.runtime.backend.cuda.driver.Call;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.backend.cuda.driver.Element;
import io.consort.runtime.backend.cuda.driver.Grid;
import io.consort.runtime.backend.cuda.driver.Stream;

/** Launches of one stream: operations on whole rows, and what the others are built of. */
final class Launches implements AutoCloseable {

    private static final int THREADS = 256;
    private static final int MOST_BLOCKS = 2048;
    private static final int WARP = 32;
    private static final int NORM_THREADS = 1024;
    private static final int NORM_VALUES = 16; // of a thread
    private static final int MANY_ROWS = 256; // that keep a device busy with few threads each
    private static final int TICKETS = 1 << 16;

    private final CudaOperations owner;
    private final Kernels kernels;
    private final Scratch scratch;
    private final DeviceMemory tickets;
    private final Call call;

    Launches(CudaOperations owner, Kernels kernels, Scratch scratch, Stream stream) {
        this.owner = owner;
        this.kernels = kernels;
        this.scratch = scratch;
        this.tickets = DeviceMemory.allocate(stream.context(), 4L * TICKETS);
        this.call = new Call(stream, kernels.get("soft_cap"));
        stream.fill(tickets.address(), (byte) 0, tickets.bytes());
    }

    static String code(Element element) {
        return switch (element) {
            case F32 -> "f32";
            case F16 -> "f16";
            case BF16 -> "bf16";
            case F8_E4M3 -> throw new IllegalArgumentException("no rows of " + element);
        };
    }

    static int code(Activation activation) {
        return switch (activation) {
            case SILU -> 0;
            case GELU_TANH -> 1;
        };
    }

    /** Begins a launch. */
    Call of(String kernel) {
        return call.of(kernels.get(kernel));
    }

    /** Begins a launch with dynamic shared memory. */
    Call of(String kernel, int sharedBytes) {
        return call.of(kernels.get(kernel, sharedBytes));
    }

    /** Counters that every kernel leaves at zero. */
    long tickets() {
        return tickets.address();
    }

    /** Scratch memory. */
    long room(long bytes) {
        return scratch.take(bytes);
    }

    CudaRows take(int count, int width, Element element) {
        long address = scratch.take((long) count * width * element.bytes());
        return new CudaRows(owner, address, count, width, element);
    }

    CudaRows slice(CudaRows rows, int first, int count) {
        long offset = (long) first * rows.width() * rows.element().bytes();
        return new CudaRows(owner, rows.address() + offset, count, rows.width(), rows.element());
    }

    /** The same values in another type; the rows themselves where they have it already. */
    CudaRows convert(CudaRows x, Element element) {
        if (x.element() == element) {
            return x;
        }
        CudaRows y = take(x.count(), x.width(), element);
        convert(x, y);
        return y;
    }

    /** Copies values into rows of another type. */
    void convert(CudaRows x, CudaRows y) {
        of("convert_%s_%s".formatted(code(x.element()), code(y.element())))
                .with(x.address())
                .with(y.address())
                .with(x.size())
                .launch(spread(x.size()));
    }

    /** Weights row by row in sixteen bits or more: as they are, or a copy in scratch memory. */
    long expanded(CudaLinear linear) {
        if (!linear.format().isScaled()) {
            return linear.weights();
        }
        long address = scratch.take(2L * linear.out() * linear.in());
        long runs = (long) linear.out() * linear.in() / Format.RUN;
        of("expand_" + linear.format().code())
                .with(linear.weights())
                .with(linear.scales())
                .with(address)
                .with(linear.out())
                .with(linear.in())
                .launch(spread(runs));
        return address;
    }

    /** The rows of a table that tokens name, each value times a factor. */
    void embed(CudaLinear table, long tokens, CudaRows y, float scale) {
        var call = of("embed_" + table.format().code()).with(table.weights());
        if (table.format().isScaled()) {
            call.with(table.scales());
        }
        call.with(tokens)
                .with(y.address())
                .with(table.in())
                .with(scale)
                .launch(Grid.of(y.count(), THREADS));
    }

    void norm(CudaRows x, CudaNorm norm, CudaRows y) {
        boolean wide = x.width() % 4 == 0 && x.width() <= NORM_THREADS * NORM_VALUES;
        int values = wide && x.count() >= MANY_ROWS ? NORM_VALUES : 4;
        int warps = Math.min(NORM_THREADS / WARP, Math.ceilDiv(x.width(), values * WARP));
        of((wide ? "norm_" : "norm_any_") + code(y.element()))
                .with(x.address())
                .with(norm.address())
                .with(y.address())
                .with(x.width())
                .with(norm.epsilon())
                .launch(Grid.of(x.count(), warps * WARP));
    }

    void gate(CudaRows x, CudaRows y, Activation activation) {
        boolean sixteen = x.element() != Element.F32;
        boolean eights = sixteen && y.width() % 8 == 0;
        long count = eights ? y.size() / 8 : sixteen ? y.size() / 2 : y.size();
        String name = "gate_%s_%s" + (eights ? "_8" : "");
        of(name.formatted(code(x.element()), code(y.element())))
                .with(x.address())
                .with(y.address())
                .with(count)
                .with(y.width())
                .with(code(activation))
                .launch(spread(count));
    }

    void add(CudaRows x, CudaRows y) {
        of("add_" + code(y.element()))
                .with(x.address())
                .with(y.address())
                .with(x.size())
                .launch(spread(x.size()));
    }

    /** Adds a bias to every row, where there is one. */
    void addBias(CudaRows x, long bias) {
        if (bias != 0) {
            of("add_bias")
                    .with(x.address())
                    .with(bias)
                    .with(x.size())
                    .with(x.width())
                    .launch(spread(x.size()));
        }
    }

    void softCap(CudaRows x, float cap) {
        of("soft_cap").with(x.address()).with(x.size()).with(cap).launch(spread(x.size()));
    }

    /** Copies rows whose numbers lie at an address on the device. */
    void select(CudaRows x, long rows, CudaRows y) {
        of("select_rows")
                .with(x.address())
                .with(rows)
                .with(y.address())
                .with(x.width() * x.element().bytes())
                .launch(Grid.of(y.count(), THREADS));
    }

    /** Writes the column of each row's largest value to an address on the device. */
    void largest(CudaRows x, long columns) {
        largest(x, columns, 0, 0);
    }

    /**
     * Writes the column of each row's largest value.
     *
     * @param columns two for each row, of which the one for even or odd positions receives it
     * @param tokens of the rows, which become the columns; 0 where they stay as they are and columns
     *     are one for each row
     * @param positions of the rows, which become one more
     */
    void largest(CudaRows x, long columns, long tokens, long positions) {
        int shares = Math.clamp(Math.ceilDiv(x.width(), 4 * THREADS), 1, 64);
        long room = 4L * x.count() * shares;
        of("argmax")
                .with(x.address())
                .with(x.width())
                .with(room(room))
                .with(room(room))
                .with(tickets())
                .with(columns)
                .with(tokens)
                .with(positions)
                .launch(Grid.of(x.count(), shares, 1, THREADS));
    }

    /** The same for the rows that a step ends with, whose tokens and positions become those of the next step. */
    void largestOfStep(CudaRows x, long columns, StepData step) {
        int mark = scratch.mark();
        largest(x, columns, step.tokens(), step.positions());
        scratch.release(mark);
    }

    private static Grid spread(long count) {
        return Grid.of(Math.clamp(Math.ceilDiv(count, THREADS), 1, MOST_BLOCKS), THREADS);
    }

    @Override
    public void close() {
        tickets.close();
    }
}
