package io.consort.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.model.FakeDecoder;
import io.consort.runtime.model.FakeStore;
import io.consort.runtime.model.KvCache;
import io.consort.runtime.model.Logits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nobody starves. In every turn the oldest sequence with a reader gets at least half of the room for
 * prompts, or its next token once for each batch of those that write. So it ends within {@link
 * #turns}, and each other one after the turns of those before it.
 */
class FairnessTest {

    private static final int VOCABULARY = 64;
    private static final EngineSettings SETTINGS = new EngineSettings(4, 24, 1_000);

    private final FakeDecoder model = FakeDecoder.hashing(VOCABULARY, 4096);
    private final List<Sequence> unfinished = new ArrayList<>();
    private final Map<Sequence, Long> dueBy = new HashMap<>();
    private long tickets;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void everySequenceEndsInItsTimeHoweverManyArriveAfterIt(long seed) {
        Random random = new Random(seed);
        KvCache cache = new KvCache(new FakeStore(12));
        Lane lane = new Lane(cache, SETTINGS);
        long turn = 0;
        for (; turn < 3_000; turn++) {
            // Short prompts come without end, long ones among them.
            if (unfinished.size() < 30) {
                boolean large = random.nextInt(10) == 0;
                int prompt = 1 + random.nextInt(large ? 120 : 20);
                join(
                        lane,
                        Generations.prompt(random, prompt, VOCABULARY),
                        1 + random.nextInt(50),
                        turn);
            }
            if (random.nextInt(20) == 0) {
                Sequence leaving = unfinished.get(random.nextInt(unfinished.size()));
                lane.drop(leaving);
                unfinished.remove(leaving);
            }
            step(lane, cache, turn);
        }
        while (!unfinished.isEmpty()) {
            step(lane, cache, turn++);
        }
        assertThat(cache.freeBlocks()).isEqualTo(cache.blocks());
    }

    @Test
    void aShortPromptIsReadBesideALongOne() {
        KvCache cache = new KvCache(new FakeStore(100));
        Lane lane = new Lane(cache, SETTINGS);
        Random random = new Random(7);
        join(lane, Generations.prompt(random, 1_000, VOCABULARY), 5, 0);
        Sequence brief = join(lane, Generations.prompt(random, 10, VOCABULARY), 1, 0);
        step(lane, cache, 0);
        assertThat(brief.generated()).isEqualTo(1);
    }

    @Test
    void modelsWithWorkTakeTurnsHoweverMuchWorkOneHas() {
        Scheduler scheduler = new Scheduler();
        List<EngineModel> models = new ArrayList<>();
        try (Engine engine = Engine.start("test", SETTINGS)) {
            for (int i = 0; i < 3; i++) {
                EngineModel added =
                        new EngineModel(
                                engine,
                                model,
                                new KvCache(new FakeStore(400)),
                                Residence.PERMANENT,
                                SETTINGS);
                models.add(added);
                scheduler.add(added);
                for (int sequence = 0; sequence <= 5 * i; sequence++) {
                    added.lane().join(sequence(Generations.prompt(new Random(i), 300, 64), 9));
                }
            }
            List<EngineModel> served = new ArrayList<>();
            for (int turn = 0; turn < 30; turn++) {
                models.forEach(each -> each.lane().admit());
                Scheduler.Scheduled next = scheduler.schedule().getFirst();
                next.model().model().forward(next.turn().batch(), next.model().cache());
                served.add(next.model());
            }
            for (int turn = 0; turn < 12; turn++) {
                assertThat(served.get(turn)).isSameAs(models.get(turn % 3));
            }
        }
    }

    @Test
    void aTurnsRoomIsDealtWholeAndTheFirstGetsHalf() {
        Random random = new Random(9);
        for (int round = 0; round < 1_000; round++) {
            int[] wanted = random.ints(random.nextInt(6), 1, 60).toArray();
            int room = 1 + random.nextInt(100);
            int[] dealt = PromptPieces.of(wanted, room);
            int all = Arrays.stream(wanted).sum();
            assertThat(Arrays.stream(dealt).sum()).isEqualTo(Math.min(room, all));
            for (int i = 0; i < wanted.length; i++) {
                assertThat(dealt[i]).isBetween(0, wanted[i]);
            }
            if (wanted.length > 0) {
                assertThat(dealt[0]).isGreaterThanOrEqualTo(Math.min(wanted[0], (room + 1) / 2));
            }
        }
    }

    private Sequence join(Lane lane, int[] prompt, int answer, long turn) {
        Sequence sequence = sequence(prompt, answer);
        lane.join(sequence);
        unfinished.add(sequence);
        long turns = unfinished.stream().mapToLong(FairnessTest::turns).sum();
        dueBy.put(sequence, turn + turns);
        return sequence;
    }

    private Sequence sequence(int[] prompt, int answer) {
        return new Sequence(
                tickets++,
                Generations.greedy(prompt, answer),
                new RecordingSink(),
                () -> {},
                Stay.PERMANENT);
    }

    /** Turns of a sequence while it is the oldest, if it must compute everything anew. */
    private static long turns(Sequence sequence) {
        int room = (SETTINGS.stepTokens() - SETTINGS.batch()) / 2;
        int answer = sequence.generation().maxTokens();
        int others = Math.ceilDiv(30, SETTINGS.batch());
        return Math.ceilDiv(sequence.generation().prompt().length + answer, room)
                + (long) answer * others;
    }

    private void step(Lane lane, KvCache cache, long turn) {
        lane.admit();
        Turn next = lane.nextTurn().orElseThrow();
        List<Sequence> completed = next.completed();
        Logits logits = model.forward(next.batch(), cache);
        for (int row = 0; row < completed.size(); row++) {
            Sequence sequence = completed.get(row);
            int token = logits.argmax(row);
            sequence.append(token);
            sequence.sink().token(new TokenChoice(token, Optional.empty()));
            if (sequence.generated() == sequence.generation().maxTokens()) {
                assertThat(((RecordingSink) sequence.sink()).tokens())
                        .isEqualTo(
                                Generations.expected(
                                        sequence.generation().prompt(),
                                        sequence.generation().maxTokens(),
                                        VOCABULARY));
                lane.drop(sequence);
                unfinished.remove(sequence);
            }
        }
        for (Sequence sequence : unfinished) {
            assertThat(turn).as("turn").isLessThan(dueBy.get(sequence));
        }
    }
}
