package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Activation;
import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.cuda.driver.Element;
import io.consort.runtime.backend.cuda.driver.Fields;
import io.consort.runtime.backend.cuda.driver.TensorMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects the operations on one row as instructions of {@code run_program}, of which each depends on
 * the one before. A norm becomes a part of the product that reads it.
 */
final class ProgramBuilder {

    private static final int PIECES_OF_SLOT = 16;
    private static final int WORK_BYTES = 40 << 10;
    private static final int WIDEST_NORM = 8192;
    private static final int MAP_VALUES = 64;
    private static final int MAP_PIECES = 8;
    private static final int WORDS_AT_ONCE = 4;

    private record Normed(CudaRows from, CudaNorm norm) {}

    /** Whose row an address has. The last one of a program also writes it there. */
    private record Made(Instruction by, int words) {}

    private final List<Instruction> instructions = new ArrayList<>();
    private final IdentityHashMap<Instruction, TensorMap> maps = new IdentityHashMap<>();
    private final Map<Long, Normed> normed = new HashMap<>();
    private final Map<Long, Made> made = new HashMap<>();
    private boolean possible = true;
    private Optional<Format> format = Optional.empty();
    private int headSize = 128;
    private boolean endsWithRow;
    private int words;

    /** Says that there is an operation that programs do not know. */
    void refuse() {
        possible = false;
    }

    /** Everything, if all operations are known. Each kernel knows one format of weights and one size of heads. */
    Optional<ProgramCode> code() {
        made.values().forEach(row -> row.by().keep());
        String kernel = "run_program_%s_%d".formatted(format.orElse(Format.BF16).code(), headSize);
        return possible && !instructions.isEmpty()
                ? Optional.of(new ProgramCode(kernel, instructions, maps, words, endsWithRow))
                : Optional.empty();
    }

    void embed(CudaLinear table, long tokens, CudaRows y, float factor) {
        normed.remove(y.address());
        see(table.format());
        Instruction instruction = add(Instruction.EMBED, code(table.format()), 0);
        makes(y, instruction);
        instruction
                .field(table.weights())
                .field(table.scales())
                .field(tokens)
                .field(y.address())
                .field(y.width())
                .field(factor);
    }

    /** Its result must go to {@link #linear} or {@link #gated} only. */
    void norm(CudaRows x, CudaNorm norm, CudaRows y) {
        possible &= x.element() == Element.F32 && x.width() <= WIDEST_NORM;
        normed.put(y.address(), new Normed(x, norm));
    }

    void linear(CudaRows x, CudaLinear linear, CudaRows y, boolean accumulates) {
        int units = Math.ceilDiv(linear.out(), Format.TILE);
        multiply(x, linear, y, units, accumulates ? 1 : 0, 0, 0);
    }

    void gated(CudaRows x, CudaLinear linear, CudaRows y, Activation activation) {
        possible &= Matrices.gates(linear) && y.element() == linear.format().activation();
        int units = Math.ceilDiv(linear.out() / 2, Format.TILE);
        multiply(x, linear, y, units, 0, 1, Launches.code(activation));
    }

    /** Begins attention; the fields of its two structures follow. */
    Fields attend(CudaRows packed, CudaRows mixed, Heads heads, int shares) {
        headSize = heads.size();
        normed.remove(mixed.address());
        int code = mixed.element() == Element.BF16 ? 0 : 1;
        Instruction instruction = add(Instruction.ATTEND, code, heads.keyValue() * shares);
        Optional<Instruction> giver = giver(packed.address());
        possible &= giver.isPresent();
        giver.ifPresent(instruction::takeFrom);
        makes(mixed, instruction);
        giver(mixed.address());
        return instruction.field(shares).field(0);
    }

    private void multiply(
            CudaRows x,
            CudaLinear linear,
            CudaRows y,
            int units,
            int adds,
            int gates,
            int activation) {
        see(linear.format());
        possible &= takes(linear) && x.element() == linear.format().activation();
        if (!possible) {
            return;
        }
        Normed before = normed.get(x.address());
        long from = before == null ? x.address() : before.from().address();
        Instruction instruction = add(Instruction.LINEAR, code(linear.format()), units);
        giver(from).ifPresent(instruction::takeFrom);
        if (adds == 1) {
            giver(y.address()).ifPresent(instruction::addTo);
        }
        makes(y, instruction);
        endsWithRow = adds == 0 && gates == 0;
        if (!linear.format().isScaled()) {
            maps.put(instruction, map(linear));
        }
        instruction
                .field(linear.weights())
                .field(linear.scales())
                .field(linear.bias())
                .field(from)
                .field(before == null ? 0L : before.norm().address())
                .field(y.address())
                .field(linear.in())
                .field(linear.out())
                .field(adds)
                .field(gates)
                .field(activation)
                .field(before == null ? 0f : before.norm().epsilon());
        normed.remove(y.address());
    }

    private void makes(CudaRows y, Instruction instruction) {
        made.put(
                y.address(),
                new Made(instruction, y.width() * y.element().bytes() / Integer.BYTES));
    }

    /** The instruction whose row lies at an address, if one of this program made it: it gives its row. */
    private Optional<Instruction> giver(long address) {
        Optional<Made> row = Optional.ofNullable(made.get(address));
        row.filter(giver -> !giver.by().gives())
                .ifPresent(giver -> {
                    giver.by().giveAt(words);
                    words += Math.ceilDiv(giver.words(), WORDS_AT_ONCE) * WORDS_AT_ONCE;
                });
        return row.map(Made::by);
    }

    private void see(Format next) {
        possible &= next != Format.F32 && format.orElse(next) == next;
        format = Optional.of(next);
    }

    /** Whether a row fits into the part of shared memory that is its own, filled up to whole slots. */
    private static boolean takes(CudaLinear linear) {
        Format format = linear.format();
        if (!linear.isFast() || (!format.isScaled() && linear.in() % MAP_VALUES != 0)) {
            return false;
        }
        int slot = PIECES_OF_SLOT * format.piece();
        int room = Math.ceilDiv(linear.in(), slot) * slot;
        int scales = format.isScaled() ? 2 * Float.BYTES * room / Format.RUN : 0;
        return Short.BYTES * room + scales <= WORK_BYTES;
    }

    /** Rows of 64 values, outputs, and pieces of rows: a tile has 16 outputs and 8 pieces. */
    private static TensorMap map(CudaLinear linear) {
        long rowBytes = (long) linear.in() * Short.BYTES;
        return TensorMap.tiled(
                linear.format().activation(),
                linear.weights(),
                new long[] {MAP_VALUES, linear.out(), linear.in() / MAP_VALUES},
                new long[] {rowBytes, MAP_VALUES * Short.BYTES},
                new int[] {MAP_VALUES, Format.TILE, MAP_PIECES},
                TensorMap.Swizzle.BYTES_128);
    }

    private static int code(Format format) {
        return switch (format) {
            case BF16 -> 0;
            case F16 -> 1;
            case Q8 -> 2;
            case Q4 -> 3;
            case F32 -> -1;
        };
    }

    private Instruction add(int kind, int code, int units) {
        Instruction instruction = new Instruction(kind, code, units);
        instructions.add(instruction);
        endsWithRow = false;
        return instruction;
    }
}
