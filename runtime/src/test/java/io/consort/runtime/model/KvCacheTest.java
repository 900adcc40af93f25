package io.consort.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.runtime.backend.KvStore;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KvCacheTest {

    private final KvCache cache = new KvCache(new FakeStore(4));

    @Test
    void aSequenceTakesOnlyTheBlocksThatItNeeds() {
        try (KvSequence sequence = cache.open()) {
            assertThat(sequence.reserve(16)).isTrue();
            assertThat(cache.freeBlocks()).isEqualTo(3);
            sequence.advance(new int[16]);
            assertThat(sequence.reserve(1)).isTrue();
            assertThat(cache.freeBlocks()).isEqualTo(2);
            assertThat(sequence.capacity()).isEqualTo(32);
        }
        assertThat(cache.freeBlocks()).isEqualTo(4);
    }

    @Test
    void aFullCacheRefusesAndChangesNothing() {
        try (KvSequence sequence = cache.open()) {
            assertThat(sequence.reserve(40)).isTrue();
            assertThat(sequence.reserve(65)).isFalse();
            assertThat(cache.freeBlocks()).isEqualTo(1);
            assertThat(sequence.reserve(64)).isTrue();
        }
    }

    @Test
    void noBlockIsHeldTwice() {
        try (KvSequence one = cache.open();
                KvSequence two = cache.open()) {
            one.reserve(30);
            two.reserve(30);
            Set<Integer> blocks = new HashSet<>();
            for (int block : one.blockTable()) {
                assertThat(blocks.add(block)).isTrue();
            }
            for (int block : two.blockTable()) {
                assertThat(blocks.add(block)).isTrue();
            }
            assertThat(blocks).containsExactlyInAnyOrder(0, 1, 2, 3);
        }
    }

    @Test
    void truncatingGivesBlocksBack() {
        try (KvSequence sequence = cache.open()) {
            sequence.reserve(64);
            sequence.advance(new int[64]);
            sequence.truncate(17);
            assertThat(cache.freeBlocks()).isEqualTo(2);
            assertThatThrownBy(() -> sequence.truncate(18)).hasMessageContaining("newLength");
        }
    }

    @Test
    void aClosedSequenceIsOfNoUse() {
        KvSequence sequence = cache.open();
        sequence.close();
        sequence.close();
        assertThatThrownBy(() -> sequence.reserve(1)).hasMessageContaining("closed");
        cache.close();
    }

    private record FakeStore(int blocks) implements KvStore {
        @Override
        public void close() {}
    }
}
