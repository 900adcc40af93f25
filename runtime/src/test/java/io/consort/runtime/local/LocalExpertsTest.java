package io.consort.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.Expert;
import io.consort.experts.ExpertSource;
import io.consort.experts.GuardSettings;
import io.consort.experts.LocalBackend;
import io.consort.experts.Price;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ChatRequests;
import io.consort.experts.chat.EventReader;
import io.consort.runtime.backend.cpu.CpuBackend;
import io.consort.runtime.engine.EngineSettings;
import io.consort.runtime.weights.CheckpointException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalExpertsTest {

    /** As much memory as a test wants there to be. */
    private record Room(long forWeights, long forCache) implements MemoryRoom {}

    private static final Room ROOMY = new Room(1L << 32, 1L << 26);

    @TempDir Path folder;

    @Test
    void aCheckpointFolderAnswersTheSameAloneAndInACrowd() {
        LocalModels.checkpoint(folder);
        try (LocalExperts experts = experts(ROOMY);
                ChatExpert expert = experts.open(local("tiny", folder))) {
            List<String> questions =
                    IntStream.range(0, 12).mapToObj(i -> "question ".repeat(i) + i).toList();
            List<List<AnswerEvent>> alone = new ArrayList<>();
            for (String question : questions) {
                alone.add(reader(expert, question).awaitCompletion());
            }
            List<EventReader> crowd =
                    questions.stream().map(question -> reader(expert, question)).toList();
            for (int i = 0; i < questions.size(); i++) {
                assertThat(said(crowd.get(i).awaitCompletion())).isEqualTo(said(alone.get(i)));
                assertThat(alone.get(i).size()).isGreaterThan(3);
            }
        }
    }

    @Test
    void expertsOfOneFolderShareItsModelUntilTheLastIsClosed() {
        LocalModels.checkpoint(folder);
        try (LocalExperts experts = experts(ROOMY)) {
            LocalExpert first = (LocalExpert) experts.open(local("one", folder));
            LocalExpert second = (LocalExpert) experts.open(local("two", folder.resolve(".")));
            assertThat(second.model()).isSameAs(first.model());
            first.close();
            first.close();
            assertThat(reader(second, "hello").awaitCompletion()).isNotEmpty();
            second.close();
            LocalExpert third = (LocalExpert) experts.open(local("three", folder));
            assertThat(third.model()).isNotSameAs(first.model());
        }
    }

    @Test
    void whatIsMissingInAFolderIsNamedWithItsRemedy() throws IOException {
        try (LocalExperts experts = experts(ROOMY)) {
            assertRefused(
                    experts,
                    folder.resolve("nowhere"),
                    "nowhere",
                    "neither a folder nor a GGUF file");
            LocalModels.checkpoint(folder);
            Files.delete(folder.resolve("tokenizer.json"));
            assertRefused(experts, folder, "tokenizer.json", "missing");
            LocalModels.checkpoint(folder);
            Files.delete(folder.resolve("tokenizer_config.json"));
            assertRefused(experts, folder, "chat_template", "add a chat_template.jinja");
            LocalModels.checkpoint(folder);
            Files.writeString(folder.resolve("generation_config.json"), "{");
            assertRefused(experts, folder, "generation_config.json", "JSON");
            Files.delete(folder.resolve("generation_config.json"));
            Files.delete(folder.resolve("model.safetensors"));
            assertRefused(experts, folder, "model.safetensors", "fetch the weights");
        }
    }

    @Test
    void aModelThatDoesNotFitIsRefusedWithTheNumbers() {
        LocalModels.checkpoint(folder);
        try (LocalExperts experts = experts(new Room(1_000, 1L << 26))) {
            assertRefused(experts, folder, "weights take 1 MiB", "free memory");
        }
        try (LocalExperts experts = experts(new Room(1L << 32, 1_000))) {
            assertRefused(experts, folder, "a conversation of 512 tokens", "-Xmx");
        }
    }

    @Test
    void aSmallCacheShortensTheContextButServes() {
        LocalModels.checkpoint(folder);
        try (LocalExperts experts = experts(new Room(1L << 32, 1L << 20))) {
            LocalExpert expert = (LocalExpert) experts.open(local("tiny", folder));
            assertThat(expert.model().engineModel().load().blocks()).isBetween(32, 64);
            assertThat(reader(expert, "hello").awaitCompletion()).isNotEmpty();
        }
    }

    private static LocalExperts withDevice(long capacity) {
        EngineSettings settings = new EngineSettings(8, 32, 16);
        FakeBackend device = FakeBackend.of(new CpuBackend(1, capacity));
        return new LocalExperts(
                new Site(new PermanentHosting(new CpuBackend(1, 1L << 30), ROOMY), settings),
                new Cuda(
                        "on: a fake",
                        Optional.of(new Site(new PermanentHosting(device, ROOMY), settings))),
                () -> 5);
    }

    private static Expert on(LocalBackend backend, String id, Path folder) {
        return expert(id, new ExpertSource.Local(folder, backend));
    }

    private static Map<String, String> backends(LocalExperts experts) {
        Map<String, String> backends = new HashMap<>();
        experts.report()
                .models()
                .forEach(model ->
                        model.experts().forEach(expert -> backends.put(expert, model.backend())));
        return backends;
    }

    @Test
    void theCatalogChoosesTheDeviceAndAutoTakesTheAcceleratorWhereThereIsOne() {
        LocalModels.checkpoint(folder);
        try (LocalExperts experts = withDevice(1L << 30);
                ChatExpert any = experts.open(on(LocalBackend.AUTO, "any", folder));
                ChatExpert device = experts.open(on(LocalBackend.CUDA, "device", folder));
                ChatExpert processor = experts.open(on(LocalBackend.CPU, "processor", folder))) {
            assertThat(backends(experts))
                    .isEqualTo(Map.of("any", "cuda", "device", "cuda", "processor", "cpu"));
            assertThat(experts.report().cuda()).isEqualTo("on: a fake");
            assertThat(reader(any, "hello").awaitCompletion()).isNotEmpty();
            assertThat(said(reader(device, "hello").awaitCompletion()))
                    .isEqualTo(said(reader(processor, "hello").awaitCompletion()));
        }
    }

    @Test
    void whatTheAcceleratorRefusesRunsOnTheProcessorUnlessTheCatalogSaysOtherwise() {
        LocalModels.checkpoint(folder);
        try (LocalExperts experts = withDevice(1_000);
                ChatExpert any = experts.open(on(LocalBackend.AUTO, "any", folder))) {
            assertThat(backends(experts)).isEqualTo(Map.of("any", "cpu"));
            assertThat(reader(any, "hello").awaitCompletion()).isNotEmpty();
            assertThatThrownBy(() -> experts.open(on(LocalBackend.CUDA, "device", folder)))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("cuda backend has room for 0 MiB");
        }
    }

    @Test
    void withoutAnAcceleratorAutoIsTheProcessorAndCudaIsRefusedWithTheReason() {
        LocalModels.checkpoint(folder);
        try (LocalExperts experts = experts(ROOMY);
                ChatExpert any = experts.open(on(LocalBackend.AUTO, "any", folder))) {
            assertThat(backends(experts)).isEqualTo(Map.of("any", "cpu"));
            assertThat(reader(any, "hello").awaitCompletion()).isNotEmpty();
            assertThatThrownBy(() -> experts.open(on(LocalBackend.CUDA, "device", folder)))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("CUDA is off")
                    .hasMessageContaining("backend: auto");
        }
    }

    @Test
    void thisMachineSaysWhetherItsAcceleratorIsOn() {
        try (LocalExperts experts = LocalExperts.start()) {
            assertThat(experts.report().cuda()).matches("(?s)(on|off): .+");
            assertThat(experts.report().models()).isEmpty();
        }
    }

    @Test
    void anExpertThatIsNotLocalIsNotOpened() {
        ExpertSource remote =
                new ExpertSource.OpenAi(
                        URI.create("http://localhost/v1"), Optional.empty(), "m", true, Map.of());
        try (LocalExperts experts = experts(ROOMY)) {
            assertThatThrownBy(() -> experts.open(expert("far", remote)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("far");
        }
    }

    /** The events but for usage, which says what was read from the cache. */
    private static List<AnswerEvent> said(List<AnswerEvent> events) {
        return events.subList(0, events.size() - 1);
    }

    private static void assertRefused(
            LocalExperts experts, Path folder, String problem, String remedy) {
        assertThatThrownBy(() -> experts.open(local("broken", folder)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining(remedy);
    }

    private static LocalExperts experts(MemoryRoom room) {
        return LocalExperts.start(
                new CpuBackend(1, 1L << 30), new EngineSettings(8, 32, 16), room, () -> 5);
    }

    private static Expert local(String id, Path folder) {
        return expert(id, new ExpertSource.Local(folder));
    }

    private static Expert expert(String id, ExpertSource source) {
        return new Expert(id, source, OptionalLong.empty(), Price.FREE, GuardSettings.DEFAULT);
    }

    private static EventReader reader(ChatExpert expert, String question) {
        return EventReader.of(
                        expert.open(ChatRequests.call(ChatRequests.asking(question, true)))
                                .toCompletableFuture()
                                .orTimeout(60, TimeUnit.SECONDS)
                                .join())
                .request(Long.MAX_VALUE);
    }
}
