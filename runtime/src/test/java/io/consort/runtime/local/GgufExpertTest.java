package io.consort.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.GuardSettings;
import io.consort.experts.Price;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ChatRequests;
import io.consort.experts.chat.EventReader;
import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.engine.EngineSettings;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.Models;
import io.consort.runtime.weights.CheckpointException;
import io.consort.runtime.weights.DType;
import io.consort.runtime.weights.Footprint;
import io.consort.runtime.weights.gguf.GgufConversion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The starter experts as GGUF files, asked what they are asked as folders. */
class GgufExpertTest {

    private static final Path STARTER = Path.of("..", "experts", "starter");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int QUESTIONS = 40;
    private static final String QUERIES = "model.layers.0.self_attn.q_proj.weight";

    @TempDir private Path folder;

    /**
     * The least equal answers are what was seen, less a few: answers hold long calculations, so that a
     * single other token makes another answer.
     */
    @ParameterizedTest
    @CsvSource({
        "abacus, BF16, 40",
        "lexis, BF16, 40",
        "atlas, BF16, 40",
        "abacus, Q8_0, 34",
        "lexis, Q8_0, 34",
        "atlas, Q8_0, 34",
        "lexis, Q4_0, 10",
        "atlas, Q4_0, 10",
        "atlas, Q4_K, 25",
        "atlas, Q6_K, 25",
    })
    void aFileAnswersAsItsFolderDoes(String name, DType type, int least) throws IOException {
        Path starter = STARTER.resolve(name);
        Path file = folder.resolve(name + ".gguf");
        GgufConversion.writeWithTokenizer(starter, type, file);
        List<String> questions = questions(name);
        List<List<AnswerEvent>> expected = answers(starter, questions);
        List<List<AnswerEvent>> actual = answers(file, questions);
        int equal = 0;
        for (int i = 0; i < questions.size(); i++) {
            equal += actual.get(i).equals(expected.get(i)) ? 1 : 0;
        }
        assertThat(equal).as("%s %s: %d", name, type, equal).isGreaterThanOrEqualTo(least);
    }

    /** As much memory as a test wants there to be. */
    private record Room(long forWeights, long forCache) implements MemoryRoom {}

    @Test
    void roomForTheFileWithoutWhatIsCopiedIsNotEnough() {
        Path file = folder.resolve("abacus.gguf");
        GgufConversion.writeWithTokenizer(STARTER.resolve("abacus"), DType.BF16, file);
        long bytes;
        long needed;
        try (Checkpoint checkpoint = Checkpoint.open(file)) {
            bytes = checkpoint.weights().bytes();
            needed = checkpoint.weights().memoryBytes();
        }
        assertThat(needed).isGreaterThan(bytes);
        assertThatThrownBy(() -> open(file, needed - 1))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("its weights take");
        assertThat(open(file, needed)).isEqualTo("starter");
    }

    /** What is interleaved is not needed where it is mapped; rows that were put into order before are. */
    @Test
    void roomForTheFileIsNotEnoughForCopiesInQ40() {
        Path file = folder.resolve("atlas.gguf");
        GgufConversion.writeWithTokenizer(STARTER.resolve("atlas"), DType.Q4_0, file);
        Footprint weights;
        try (Checkpoint checkpoint = Checkpoint.open(file);
                CpuBackend backend = new CpuBackend(1, Long.MAX_VALUE)) {
            weights = Models.footprint(checkpoint, backend);
            Assumptions.assumeTrue(
                    backend.copiedBytes(checkpoint.weights().find(QUERIES).orElseThrow()) > 0,
                    "this processor's registers are too short");
            assertThat(weights.mapped()).isLessThan(checkpoint.weights().bytes());
            assertThat(weights.bytes()).isGreaterThanOrEqualTo(checkpoint.weights().bytes());
        }
        assertThatThrownBy(() -> open(file, weights.bytes() - 1))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("its weights take");
        assertThat(open(file, weights.bytes())).isEqualTo("starter");
    }

    /** Opens and closes an expert; returns its id. */
    private static String open(Path checkpoint, long forWeights) {
        CpuBackend backend = new CpuBackend(1, Long.MAX_VALUE);
        Room room = new Room(forWeights, 1L << 30);
        try (LocalExperts experts =
                        LocalExperts.start(backend, EngineSettings.DEFAULT, room, () -> 5);
                ChatExpert expert = experts.open(expert(checkpoint))) {
            return expert.id();
        }
    }

    private static List<List<AnswerEvent>> answers(Path checkpoint, List<String> questions) {
        CpuBackend backend = new CpuBackend(2, 1L << 30);
        try (LocalExperts experts =
                        LocalExperts.start(
                                backend, EngineSettings.DEFAULT, MemoryRoom.ofMachine(), () -> 5);
                ChatExpert expert = experts.open(expert(checkpoint))) {
            List<EventReader> readers = new ArrayList<>();
            for (String question : questions) {
                readers.add(
                        EventReader.of(
                                        expert.open(
                                                        ChatRequests.call(
                                                                ChatRequests.asking(
                                                                        question, true)))
                                                .toCompletableFuture()
                                                .orTimeout(60, TimeUnit.SECONDS)
                                                .join())
                                .request(Long.MAX_VALUE));
            }
            return readers.stream().map(EventReader::awaitCompletion).toList();
        }
    }

    private static Expert expert(Path checkpoint) {
        return new Expert(
                "starter",
                new ExpertSource.Local(checkpoint),
                OptionalLong.empty(),
                Price.FREE,
                GuardSettings.DEFAULT);
    }

    private static List<String> questions(String name) throws IOException {
        List<String> questions = new ArrayList<>();
        try (Stream<String> lines =
                Files.lines(STARTER.resolve("heldout").resolve(name + ".jsonl"))) {
            for (String line : lines.limit(QUESTIONS).toList()) {
                questions.add(JSON.readTree(line).path("question").asText());
            }
        }
        return questions;
    }
}
