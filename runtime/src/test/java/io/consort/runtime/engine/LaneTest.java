package io.consort.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.model.FakeDecoder;
import io.consort.runtime.model.FakeStore;
import io.consort.runtime.model.KvCache;
import io.consort.runtime.model.Logits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final int VOCABULARY = 64;
    private static final EngineSettings SETTINGS = new EngineSettings(4, 24, 100);

    private final FakeDecoder model = FakeDecoder.hashing(VOCABULARY, 4096);
    private final List<Request> open = new ArrayList<>();
    private long tickets;

    /** A sequence and what became of it. */
    private record Request(Sequence sequence, RecordingSink sink) {}

    @Test
    void noBlockIsLeakedOrSharedInAHundredThousandRandomOperations() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            KvCache cache = new KvCache(new FakeStore(6 + random.nextInt(30)));
            Lane lane = new Lane(cache, SETTINGS);
            for (int operation = 0; operation < 5_000; operation++) {
                switch (random.nextInt(8)) {
                    case 0 -> joinRandomly(random, cache, lane);
                    case 1 -> anyOpen(random).ifPresent(request -> remove(lane, request));
                    case 2 -> anyOpen(random).ifPresent(request -> request.sink().pauseAfter(0));
                    case 3 ->
                            anyOpen(random)
                                    .ifPresent(request ->
                                            request.sink().pauseAfter(Integer.MAX_VALUE));
                    default -> step(lane, cache);
                }
                assertBlocksAddUp(lane, cache);
            }
            open.forEach(request -> request.sink().pauseAfter(Integer.MAX_VALUE));
            finishAll(lane, cache);
            assertThat(cache.freeBlocks()).isEqualTo(cache.blocks());
            cache.close();
        }
    }

    @Test
    void theOldestSequenceTakesRoomFromLaterOnesAndEveryoneFinishes() {
        KvCache cache = new KvCache(new FakeStore(8));
        Lane lane = new Lane(cache, SETTINGS);
        Random random = new Random(3);
        for (int i = 0; i < 6; i++) {
            join(lane, Generations.prompt(random, 20, VOCABULARY), 90);
        }
        List<Request> all = List.copyOf(open);
        finishAll(lane, cache);
        assertThat(all).allSatisfy(request -> assertThat(request.sink().ended()).isTrue());
    }

    @Test
    void aPausedReaderLosesItsRoomToOthersAndGoesOnWhereItStopped() {
        KvCache cache = new KvCache(new FakeStore(4));
        Lane lane = new Lane(cache, SETTINGS);
        Random random = new Random(5);
        Request paused = join(lane, Generations.prompt(random, 30, VOCABULARY), 30);
        paused.sink().pauseAfter(4);
        for (int i = 0; i < 12; i++) {
            step(lane, cache);
        }
        Request hungry = join(lane, Generations.prompt(random, 40, VOCABULARY), 20);
        for (int i = 0; i < 30; i++) {
            step(lane, cache);
        }
        assertThat(hungry.sink().ended()).isTrue();
        assertThat(paused.sink().tokens()).hasSize(4);
        paused.sink().pauseAfter(Integer.MAX_VALUE);
        finishAll(lane, cache);
        assertThat(paused.sink().ended()).isTrue();
    }

    @Test
    void aLongPromptDoesNotHoldUpThoseThatAreWriting() {
        KvCache cache = new KvCache(new FakeStore(200));
        Lane lane = new Lane(cache, SETTINGS);
        Random random = new Random(6);
        Request writing = join(lane, Generations.prompt(random, 5, VOCABULARY), 100);
        step(lane, cache);
        join(lane, Generations.prompt(random, 1_000, VOCABULARY), 5);
        for (int turn = 0; turn < 40; turn++) {
            int before = writing.sink().tokens().size();
            step(lane, cache);
            assertThat(writing.sink().tokens()).hasSize(before + 1);
        }
    }

    @Test
    void moreReadySequencesThanABatchTakeTurns() {
        KvCache cache = new KvCache(new FakeStore(200));
        Lane lane = new Lane(cache, SETTINGS);
        Random random = new Random(8);
        for (int i = 0; i < 10; i++) {
            Request request = join(lane, Generations.prompt(random, 5, VOCABULARY), 100);
            step(lane, cache);
            request.sink().pauseAfter(1);
        }
        List<Request> all = List.copyOf(open);
        all.forEach(request -> request.sink().pauseAfter(Integer.MAX_VALUE));
        for (int turn = 0; turn < 25; turn++) {
            step(lane, cache);
        }
        assertThat(all).extracting(request -> request.sink().tokens().size()).containsOnly(11);
    }

    private void joinRandomly(Random random, KvCache cache, Lane lane) {
        if (open.size() < 40) {
            int positions = cache.blocks() * KvCache.BLOCK;
            int prompt = 1 + random.nextInt(positions / 2);
            int answer = 1 + random.nextInt(Math.min(60, positions - prompt));
            join(lane, Generations.prompt(random, prompt, VOCABULARY), answer);
        }
    }

    private Request join(Lane lane, int[] prompt, int maxTokens) {
        RecordingSink sink = new RecordingSink();
        Generation generation = Generations.greedy(prompt, maxTokens);
        Request request =
                new Request(
                        new Sequence(tickets++, generation, sink, () -> {}, Stay.PERMANENT), sink);
        lane.join(request.sequence());
        open.add(request);
        return request;
    }

    private Optional<Request> anyOpen(Random random) {
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(open.get(random.nextInt(open.size())));
    }

    private void remove(Lane lane, Request request) {
        assertThat(lane.drop(request.sequence())).isTrue();
        assertThat(lane.drop(request.sequence())).isFalse();
        open.remove(request);
    }

    /** What the engine does, without its thread. */
    private boolean step(Lane lane, KvCache cache) {
        lane.admit();
        Optional<Turn> turn = lane.nextTurn();
        if (turn.isEmpty()) {
            return false;
        }
        assertThat(turn.get().shares().size()).isLessThanOrEqualTo(SETTINGS.stepTokens());
        assertThat(turn.get().tokens()).isBetween(1, SETTINGS.stepTokens());
        List<Sequence> completed = turn.get().completed();
        Logits logits = model.forward(turn.get().batch(), cache);
        for (int row = 0; row < completed.size(); row++) {
            Sequence sequence = completed.get(row);
            assertThat(sequence.ready()).isTrue();
            int token = logits.argmax(row);
            sequence.append(token);
            sequence.sink().token(new TokenChoice(token, Optional.empty()));
            if (sequence.generated() == sequence.generation().maxTokens()) {
                finish(lane, sequence);
            }
        }
        return true;
    }

    private void finish(Lane lane, Sequence sequence) {
        Request request =
                open.stream().filter(one -> one.sequence() == sequence).findFirst().orElseThrow();
        int[] prompt = sequence.generation().prompt();
        assertThat(request.sink().tokens())
                .isEqualTo(
                        Generations.expected(
                                prompt, sequence.generation().maxTokens(), VOCABULARY));
        sequence.sink().end(io.consort.experts.chat.FinishReason.LENGTH);
        remove(lane, request);
    }

    private void finishAll(Lane lane, KvCache cache) {
        int tokens =
                open.stream()
                        .mapToInt(request ->
                                request.sequence().length()
                                        + request.sequence().generation().maxTokens())
                        .sum();
        int bound = 50 + 10 * tokens;
        int steps = 0;
        while (!open.isEmpty()) {
            assertThat(step(lane, cache)).as("somebody can go on").isTrue();
            assertThat(steps++).as("everybody's turn comes").isLessThan(bound);
        }
    }

    private static void assertBlocksAddUp(Lane lane, KvCache cache) {
        Set<Integer> held = new HashSet<>();
        for (Sequence sequence : lane.all()) {
            if (sequence.running()) {
                Arrays.stream(sequence.kept().blockTable()).forEach(held::add);
            }
        }
        assertThat(held.size() + cache.freeBlocks()).isEqualTo(cache.blocks());
    }
}
