package io.consort.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.GoldenFolders;
import io.consort.runtime.model.KvCache;
import io.consort.runtime.model.Logits;
import io.consort.runtime.model.Models;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model whose rotary frequencies change with every token beyond its original context of 20. */
@Timeout(60)
class DynamicRopeTest {

    private static final EngineSettings SHARING = new EngineSettings(4, 24, 100);
    private static final int ANSWER = 50;

    private final Checkpoint checkpoint = Checkpoint.open(GoldenFolders.named("llama-dynamic"));
    private final CpuBackend backend = new CpuBackend(1, Long.MAX_VALUE);
    private final DecoderModel model = Models.load(checkpoint, backend);
    private int preemptions;
    private long tickets;

    @AfterEach
    void close() {
        model.close();
        backend.close();
        checkpoint.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPreemptedSequenceSaysWhatItSaysUndisturbed(boolean reuse) {
        EngineSettings settings = reuse ? SHARING : SHARING.withoutReuse();
        List<int[]> prompts = List.of(prompt(12, 3), prompt(14, 5), prompt(30, 7));
        List<List<Integer>> alone =
                prompts.stream()
                        .map(prompt -> answers(settings, 16, List.of(prompt)).getFirst())
                        .toList();
        assertThat(preemptions).isZero();

        List<List<Integer>> crowded = answers(settings, 6, prompts);
        assertThat(preemptions).isPositive();
        assertThat(crowded).isEqualTo(alone);
    }

    /** Runs sequences to their end in a cache of so many blocks; counts who loses its blocks late. */
    private List<List<Integer>> answers(EngineSettings settings, int blocks, List<int[]> prompts) {
        try (KvCache cache = model.newCache(blocks)) {
            Lane lane = new Lane(cache, settings);
            List<RecordingSink> sinks = new ArrayList<>();
            for (int[] prompt : prompts) {
                RecordingSink sink = new RecordingSink();
                Generation generation = Generations.greedy(prompt, ANSWER);
                lane.join(new Sequence(tickets++, generation, sink, () -> {}, Stay.PERMANENT));
                sinks.add(sink);
            }
            while (!lane.all().isEmpty()) {
                step(lane, cache);
            }
            assertThat(cache.freeBlocks()).isEqualTo(cache.blocks());
            return sinks.stream().map(RecordingSink::tokens).toList();
        }
    }

    private void step(Lane lane, KvCache cache) {
        lane.admit();
        List<Sequence> running = lane.all().stream().filter(Sequence::running).toList();
        Optional<Turn> turn = lane.nextTurn();
        assertThat(turn).isPresent();
        preemptions +=
                (int)
                        running.stream()
                                .filter(one -> !one.running() && one.generated() > 10)
                                .count();
        List<Sequence> completed = turn.get().completed();
        Logits logits = model.forward(turn.get().batch(), cache);
        for (int row = 0; row < completed.size(); row++) {
            Sequence sequence = completed.get(row);
            int token = logits.argmax(row);
            sequence.append(token);
            sequence.sink().token(new TokenChoice(token, Optional.empty()));
            if (sequence.generated() == ANSWER) {
                lane.drop(sequence);
            }
        }
    }

    private int[] prompt(int length, int stride) {
        int[] prompt = new int[length];
        Arrays.setAll(prompt, i -> 3 + (i * stride + i * i) % (model.config().vocabulary() - 3));
        return prompt;
    }
}
