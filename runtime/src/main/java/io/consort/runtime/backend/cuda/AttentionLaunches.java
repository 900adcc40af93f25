package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Attention;
import io.consort.runtime.backend.HeadNorms;
import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.KvStore;
import io.consort.runtime.backend.cuda.driver.Call;
import io.consort.runtime.backend.cuda.driver.Device;
import io.consort.runtime.backend.cuda.driver.Element;
import io.consort.runtime.backend.cuda.driver.Fields;
import io.consort.runtime.backend.cuda.driver.Grid;
import io.consort.runtime.backend.cuda.driver.TensorMap;
import java.util.Optional;

/**
 * Chooses how rows attend: single positions by the kernel that shares out sequences, prompts by the ones
 * with tiles, and heads of other sizes, and all in float32, by the one for everything.
 */
final class AttentionLaunches {

    private static final int WARP = 32;
    private static final int HEADS_OF_BLOCK = 8;
    private static final int ANY_HEADS_OF_BLOCK = 4;
    private static final int DECODE_WARPS = 8;
    private static final int DECODE_QUERIES = 8;
    private static final int DECODE_BLOCKS = 1024;
    private static final int DECODE_TICKET = 16;
    private static final int PROGRAM_SIZE = 128;
    private static final int MOST_SHARES = 16;
    private static final int BUSY_SHARES = 4; // become one where processors have enough to do
    private static final int PREFILL_WARPS = 4;
    private static final int PREFILL_POSITIONS = 64;
    private static final int STAGES = 2;
    private static final int PROMPT_THREADS = 384;
    private static final int PROMPT_HEADS = 2;
    private static final int PROMPT_STAGES = 5;
    private static final int PROMPT_SIZE = 128;
    private static final int BOX_VALUES = 64;

    private final Launches launches;
    private final StepData data;
    private final int processors;
    private final boolean hasGroupProducts;

    AttentionLaunches(Launches launches, StepData data, Device device) {
        this.launches = launches;
        this.data = data;
        this.processors = device.multiprocessors();
        this.hasGroupProducts = device.isHopper();
    }

    /**
     * @param packed float32 rows of queries, keys and values
     * @param frequencies where the rotation's frequencies lie
     * @param result the type of the mixed values
     */
    CudaRows attend(
            CudaRows packed,
            Attention attention,
            CudaKvStore store,
            long frequencies,
            Element result) {
        Heads heads = attention.heads();
        CudaRows mixed = launches.take(packed.count(), heads.queryWidth(), result);
        boolean fast =
                store.element() == Element.BF16 && result != Element.F32 && isFast(heads.size());
        if (fast && data.isDecode() && heads.group() <= DECODE_QUERIES) {
            decode(packed, attention, store, frequencies, mixed);
            return mixed;
        }
        CudaRows queries = launches.take(packed.count(), heads.queryWidth(), store.element());
        boolean halves = attention.rotation().dimensions() == heads.size();
        boolean whole = fast && halves && heads.size() <= PROMPT_SIZE;
        String name =
                whole ? "all_heads_" + heads.size() : "heads_f32_" + Launches.code(store.element());
        Call call = launches.of(name);
        headArguments(call.structure(), packed, attention, store, frequencies, queries.address());
        int blocks = Math.ceilDiv(heads.query() + 2 * heads.keyValue(), HEADS_OF_BLOCK);
        call.launch(Grid.of(packed.count(), whole ? 1 : blocks, 1, HEADS_OF_BLOCK * WARP));
        if (fast) {
            prefill(queries, attention, store, mixed);
        } else {
            any(queries, attention, store, mixed);
        }
        return mixed;
    }

    private static boolean isFast(int size) {
        return size == 64 || size == 128 || size == 256;
    }

    private void decode(
            CudaRows packed,
            Attention attention,
            CudaKvStore store,
            long frequencies,
            CudaRows mixed) {
        Heads heads = attention.heads();
        int shares = shares(packed.count(), heads);
        long partial = partial(packed.count(), heads, shares);
        int shared = decodeBytes(heads.size());
        String name = "attend_decode_%s_%d".formatted(Launches.code(mixed.element()), heads.size());
        Call call = launches.of(name, shared);
        attentionArguments(call.structure(), 0, attention, store, mixed.address(), partial);
        headArguments(call.structure(), packed, attention, store, frequencies, 0);
        call.launch(
                Grid.of(heads.keyValue(), packed.count(), shares, DECODE_WARPS * WARP)
                        .withShared(shared));
    }

    /**
     * Puts the attention of a single position into a program.
     *
     * @param packed float32 rows of queries, keys and values
     * @param frequencies where the rotation's frequencies lie
     * @param result the type of the mixed values
     */
    CudaRows put(
            ProgramBuilder program,
            CudaRows packed,
            Attention attention,
            CudaKvStore store,
            long frequencies,
            Element result) {
        Heads heads = attention.heads();
        CudaRows mixed = launches.take(packed.count(), heads.queryWidth(), result);
        boolean possible =
                store.element() == Element.BF16
                        && result != Element.F32
                        && isFast(heads.size())
                        && heads.size() <= PROGRAM_SIZE
                        && heads.group() <= DECODE_QUERIES;
        if (!possible) {
            program.refuse();
            return mixed;
        }
        int shares = shares(packed.count(), heads);
        long partial = partial(packed.count(), heads, shares);
        Fields fields = program.attend(packed, mixed, heads, shares);
        attentionArguments(fields, 0, attention, store, mixed.address(), partial);
        headArguments(fields, packed, attention, store, frequencies, 0);
        return mixed;
    }

    private int shares(int rows, Heads heads) {
        int sequences = rows * heads.keyValue();
        int most = Math.clamp(DECODE_BLOCKS / sequences, 1, MOST_SHARES);
        int wanted = Math.ceilDiv(data.shares(), 2 * sequences > processors ? BUSY_SHARES : 1);
        return Math.min(wanted, most);
    }

    private long partial(int rows, Heads heads, int shares) {
        return launches.room((long) rows * heads.keyValue() * shares * foundBytes(heads.size()));
    }

    /** What a warp finds. */
    private static int foundBytes(int size) {
        return 4 * DECODE_QUERIES * (size + 2);
    }

    /** Shared memory of a block of `attend_decode`: its warps' findings and heads, queries, the newest key and value. */
    private static int decodeBytes(int size) {
        return DECODE_WARPS * (foundBytes(size) + 4 * size)
                + (DECODE_QUERIES + 2) * size * Short.BYTES
                + DECODE_TICKET;
    }

    private void prefill(CudaRows queries, Attention attention, CudaKvStore store, CudaRows mixed) {
        Heads heads = attention.heads();
        if (hasGroupProducts && heads.group() % PROMPT_HEADS == 0 && heads.size() <= PROMPT_SIZE) {
            prompt(queries, attention, store, mixed);
            return;
        }
        int shared = STAGES * 2 * PREFILL_POSITIONS * heads.size() * Short.BYTES;
        String name =
                "attend_prefill_%s_%d".formatted(Launches.code(mixed.element()), heads.size());
        Call call = launches.of(name, shared);
        attentionArguments(
                call.structure(), queries.address(), attention, store, mixed.address(), 0);
        call.launch(
                Grid.of(data.tiles(), heads.query(), 1, PREFILL_WARPS * WARP).withShared(shared));
    }

    private void prompt(CudaRows queries, Attention attention, CudaKvStore store, CudaRows mixed) {
        Heads heads = attention.heads();
        int stage = 2 * PREFILL_POSITIONS * heads.size() * Short.BYTES + 2 * Long.BYTES;
        int shared = PROMPT_STAGES * stage;
        String name = "attend_prompt_%s_%d".formatted(Launches.code(mixed.element()), heads.size());
        Call call = launches.of(name, shared);
        attentionArguments(
                call.structure(), queries.address(), attention, store, mixed.address(), 0);
        int pieces = data.tiles() * heads.query() / PROMPT_HEADS;
        int layer = attention.layer();
        call.with(data.tiles())
                .with(keys(store.keys(layer), heads, store))
                .with(values(store.values(layer), heads, store))
                .launch(Grid.of(Math.min(pieces, processors), PROMPT_THREADS).withShared(shared));
    }

    /** Positions' keys, in boxes of a block's positions and 64 values. */
    private static TensorMap keys(long address, Heads heads, CudaKvStore store) {
        long blocks = (long) store.blocks() * heads.keyValue();
        return TensorMap.tiled(
                store.element(),
                address,
                new long[] {heads.size(), blocks * KvStore.BLOCK},
                new long[] {(long) heads.size() * Short.BYTES},
                new int[] {BOX_VALUES, KvStore.BLOCK},
                TensorMap.Swizzle.BYTES_128);
    }

    /** A dimension's values at a block's positions, in boxes of whole blocks. */
    private static TensorMap values(long address, Heads heads, CudaKvStore store) {
        long blocks = (long) store.blocks() * heads.keyValue();
        return TensorMap.tiled(
                store.element(),
                address,
                new long[] {KvStore.BLOCK, blocks * heads.size()},
                new long[] {(long) KvStore.BLOCK * Short.BYTES},
                new int[] {KvStore.BLOCK, heads.size()},
                TensorMap.Swizzle.BYTES_32);
    }

    private void any(CudaRows queries, Attention attention, CudaKvStore store, CudaRows mixed) {
        String name =
                "attend_any_%s_%s"
                        .formatted(
                                Launches.code(queries.element()), Launches.code(mixed.element()));
        Call call = launches.of(name);
        attentionArguments(
                call.structure(), queries.address(), attention, store, mixed.address(), 0);
        int blocks = Math.ceilDiv(attention.heads().query(), ANY_HEADS_OF_BLOCK);
        call.launch(Grid.of(queries.count(), blocks, 1, ANY_HEADS_OF_BLOCK * WARP));
    }

    private void attentionArguments(
            Fields fields,
            long queries,
            Attention attention,
            CudaKvStore store,
            long mixed,
            long partial) {
        Heads heads = attention.heads();
        fields.field(queries)
                .field(store.keys(attention.layer()))
                .field(store.values(attention.layer()))
                .field(data.positions())
                .field(data.tables())
                .field(data.tableStarts())
                .field(data.tileTable())
                .field(mixed)
                .field(partial)
                .field(launches.tickets())
                .field(heads.query())
                .field(heads.keyValue())
                .field(heads.size())
                .field(attention.rule().scale())
                .field((float) attention.rule().cap().orElse(0))
                .field(attention.rule().window().orElse(0));
    }

    private void headArguments(
            Fields fields,
            CudaRows packed,
            Attention attention,
            CudaKvStore store,
            long frequencies,
            long queries) {
        Heads heads = attention.heads();
        Optional<CudaNorm> query =
                attention.norms().map(HeadNorms::query).map(CudaNorm.class::cast);
        Optional<CudaNorm> key = attention.norms().map(HeadNorms::key).map(CudaNorm.class::cast);
        int pairs = attention.rotation().dimensions() / 2;
        fields.field(packed.address())
                .field(query.map(CudaNorm::address).orElse(0L))
                .field(key.map(CudaNorm::address).orElse(0L))
                .field(frequencies)
                .field(data.positions())
                .field(data.tables())
                .field(data.tableStarts())
                .field(queries)
                .field(store.keys(attention.layer()))
                .field(store.values(attention.layer()))
                .field(heads.query())
                .field(heads.keyValue())
                .field(heads.size())
                .field(pairs)
                .field(attention.rotation().dependsOnLength() ? pairs : 0)
                .field(query.map(CudaNorm::epsilon).orElse(0f))
                .field(attention.rotation().attentionFactor());
    }
}
