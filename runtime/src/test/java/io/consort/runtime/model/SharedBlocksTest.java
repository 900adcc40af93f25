package io.consort.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 100,000 random operations on a cache against a plain account of what they should do. */
class SharedBlocksTest {

    private static final int OPERATIONS = 20_000;
    private static final List<PrefixKey> KEYS =
            List.of(
                    PrefixKey.PLAIN,
                    new PrefixKey("adapter", List.of()),
                    new PrefixKey("", List.of("a", "b")));

    /** A sequence, and what it should be. */
    private record Pair(KvSequence sequence, BlockOracle.Model model) {}

    private final List<Pair> open = new ArrayList<>();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noBlockIsLeakedOrSharedWrongly(long seed) {
        Random random = new Random(seed);
        KvCache cache = new KvCache(new FakeStore(6 + random.nextInt(14)));
        BlockOracle oracle = new BlockOracle(cache.blocks());
        int reused = 0;
        for (int operation = 0; operation < OPERATIONS; operation++) {
            reused += operate(random, cache, oracle);
            assertCountsRight(cache, oracle);
        }
        assertThat(reused).as("positions reused").isGreaterThan(5_000);
        for (Pair pair : List.copyOf(open)) {
            close(pair, oracle);
        }
        assertThat(cache.freeBlocks()).isEqualTo(cache.blocks());
        cache.close();
    }

    private int operate(Random random, KvCache cache, BlockOracle oracle) {
        if (open.isEmpty() || (open.size() < 10 && random.nextInt(4) == 0)) {
            boolean shares = random.nextInt(8) > 0;
            PrefixKey key = KEYS.get(random.nextInt(10) < 7 ? 0 : random.nextInt(KEYS.size()));
            open.add(
                    new Pair(
                            shares ? cache.open(key) : cache.open(),
                            new BlockOracle.Model(key.toString(), shares)));
            return 0;
        }
        Pair pair = open.get(random.nextInt(open.size()));
        int before = pair.model().tokens().size();
        switch (random.nextInt(12)) {
            case 0, 1 -> close(pair, oracle);
            case 2 -> {
                int length = random.nextInt(before + 1);
                assertThat(pair.sequence().truncate(length))
                        .isEqualTo(oracle.truncate(pair.model(), length));
            }
            case 3, 4, 5 -> {
                return reuse(pair, continued(random, pair), oracle);
            }
            default -> advance(pair, continued(random, pair), cache, oracle);
        }
        return 0;
    }

    private static int reuse(Pair pair, int[] tokens, BlockOracle oracle) {
        int gained = pair.sequence().reuse(tokens, tokens.length);
        assertThat(gained).isEqualTo(oracle.reuse(pair.model(), tokens));
        assertThat(pair.sequence().length()).isLessThan(tokens.length);
        oracle.assertReadsItsOwn(pair.model(), pair.sequence().blockTable());
        return gained;
    }

    private static void advance(Pair pair, int[] tokens, KvCache cache, BlockOracle oracle) {
        int before = pair.sequence().length();
        int count = tokens.length - before;
        boolean room = pair.sequence().reserve(count);
        assertThat(room).isEqualTo(oracle.reserve(pair.model(), count));
        if (room) {
            int[] table = pair.sequence().blockTable();
            List<Integer> all = Arrays.stream(tokens).boxed().toList();
            for (int position = before; position < tokens.length; position++) {
                int block = table[position / KvCache.BLOCK];
                String prefix = pair.model().key() + all.subList(0, position + 1);
                oracle.write(cache, block, position % KvCache.BLOCK, prefix);
            }
            int[] added = Arrays.copyOfRange(tokens, before, tokens.length);
            pair.sequence().advance(added);
            oracle.advance(pair.model(), added);
            oracle.assertReadsItsOwn(pair.model(), pair.sequence().blockTable());
        }
    }

    /** A sequence's tokens with more of them; few kinds, so that sequences often begin alike. */
    private static int[] continued(Random random, Pair pair) {
        List<Integer> tokens = new ArrayList<>(pair.model().tokens());
        int more = 1 + random.nextInt(40);
        for (int i = 0; i < more; i++) {
            int usual = tokens.size() / 48 % 2;
            tokens.add(random.nextInt(100) == 0 ? 2 + random.nextInt(3) : usual);
        }
        return tokens.stream().mapToInt(token -> token).toArray();
    }

    private void close(Pair pair, BlockOracle oracle) {
        pair.sequence().close();
        oracle.close(pair.model());
        open.remove(pair);
    }

    private void assertCountsRight(KvCache cache, BlockOracle oracle) {
        assertThat(cache.freeBlocks()).isEqualTo(oracle.free());
        assertThat(cache.reusableBlocks()).isEqualTo(oracle.reusable());
        int[] holders = new int[cache.blocks()];
        Set<Integer> held = new HashSet<>();
        for (Pair pair : open) {
            int[] table = pair.sequence().blockTable();
            assertThat(table).hasSize(pair.model().heldBlocks());
            for (int block : table) {
                holders[block]++;
                held.add(block);
            }
        }
        for (int block = 0; block < holders.length; block++) {
            assertThat(cache.pool().holders(block)).isEqualTo(holders[block]);
        }
        assertThat(held.size() + cache.freeBlocks()).isEqualTo(cache.blocks());
    }
}
