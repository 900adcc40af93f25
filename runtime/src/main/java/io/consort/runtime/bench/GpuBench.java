package io.consort.runtime.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.runtime.backend.Draw;
import io.consort.runtime.backend.cuda.Availability;
import io.consort.runtime.backend.cuda.CopySpeed;
import io.consort.runtime.backend.cuda.CudaBackend;
import io.consort.runtime.backend.cuda.Precision;
import io.consort.runtime.backend.cuda.Probe;
import io.consort.runtime.backend.cuda.Quantisation;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.model.Models;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The command {@code bench gpu}: decoding and prefill beside the speed at which memory is copied. */
public final class GpuBench {

    private static final String USAGE =
            """
            usage: consort bench gpu [--json]

            Measures models of the shapes of Llama 3 8B and Llama 3.2 1B with random weights on the
            first CUDA device: tokens per second when decoding one and 16 sequences, in 16 bits and
            quantised to 8 and 4 bits, in 16 bits also with tokens that are drawn, the time of a prompt of 2,048 tokens, four models of the
            smaller shape with a sequence each, one by one and together, and requests that go in turn
            to two models of the larger one, and to one of them. Beside each stands the share
            that it reaches of the speed at which device memory was copied in the same run.

              --json   print one JSON object instead of text
              --help   print this and exit
            """;

    private static final int CONTEXT = 128;
    private static final int TOKENS = 200;
    private static final int BATCH = 16;
    private static final int PROMPT = 2048;
    private static final int EXPERTS = 4;
    private static final Draw DRAW = new Draw(0.8, 50, 0.95, 1);

    /** One figure: seconds of a step, the tokens that it makes, and the bytes that it must read. */
    private record Row(String what, double seconds, int tokens, double bytes) {}

    private final PrintStream err;
    private final List<Row> rows = new ArrayList<>();

    private GpuBench(PrintStream err) {
        this.err = err;
    }

    /**
     * Runs the command.
     *
     * @return the exit code: 0 when everything was measured
     */
    public static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        if (args.stream().anyMatch(arg -> !arg.equals("--json"))) {
            err.println("bench gpu: unknown option `%s`; see --help".formatted(args.getFirst()));
            return 2;
        }
        Availability cuda = Probe.backend();
        if (!(cuda instanceof Availability.Ready)) {
            err.println("bench gpu: CUDA is " + cuda.text());
            return 2;
        }
        try {
            GpuBench bench = new GpuBench(err);
            double copy = bench.measure();
            out.print(args.contains("--json") ? bench.json(cuda, copy) : bench.text(cuda, copy));
            return 0;
        } catch (IOException e) {
            err.println("bench gpu: no room for a made-up configuration: " + e.getMessage());
            return 2;
        }
    }

    private double measure() throws IOException {
        double copy;
        try (CudaBackend backend = CudaBackend.open(Precision.MIXED, Quantisation.NONE)) {
            copy = CopySpeed.measure(backend);
        }
        measure(RandomModel.LLAMA_3_8B, Quantisation.NONE);
        measure(RandomModel.LLAMA_3_8B, Quantisation.EIGHT_BIT);
        measure(RandomModel.LLAMA_3_8B, Quantisation.FOUR_BIT);
        measure(RandomModel.LLAMA_3_2_1B, Quantisation.NONE);
        measureTogether(RandomModel.LLAMA_3_2_1B);
        measureTurns(RandomModel.LLAMA_3_8B);
        return copy;
    }

    private void measureTogether(RandomModel shape) throws IOException {
        String name = "%d of %s bf16".formatted(EXPERTS, shape.name());
        err.println("making up " + name);
        Path folder = Files.createTempDirectory("consort-bench");
        try (CudaBackend backend = CudaBackend.open(Precision.MIXED, Quantisation.NONE);
                GpuTogetherBench bench = new GpuTogetherBench(shape, EXPERTS, folder, backend)) {
            err.println("measuring");
            GpuTogetherBench.Result result = bench.measure(CONTEXT, TOKENS);
            double bytes = EXPERTS * shape.bytesOfStep();
            rows.add(new Row(name + ", one by one", result.separate(), EXPERTS, bytes));
            rows.add(new Row(name + ", together", result.together(), EXPERTS, bytes));
        } finally {
            Files.deleteIfExists(folder.resolve("config.json"));
            Files.deleteIfExists(folder);
        }
    }

    private void measureTurns(RandomModel shape) throws IOException {
        err.println("asking two models of the shape of %s in turn".formatted(shape.name()));
        try (ScratchFolder folder = new ScratchFolder("consort-bench")) {
            TurnsMeasure.Figures figures = TurnsMeasure.of(shape, folder.path());
            int tokens = TurnsMeasure.TOKENS;
            double bytes = (double) shape.bytesOfStep() * tokens;
            String name = shape.name() + " bf16, ";
            rows.add(new Row(name + "requests", figures.alone(), tokens, bytes));
            rows.add(new Row(name + "to two in turn", figures.inTurn(), tokens, bytes));
        }
    }

    private void measure(RandomModel shape, Quantisation quantisation) throws IOException {
        String name = "%s %s".formatted(shape.name(), words(quantisation));
        err.println("making up " + name);
        Path folder = Files.createTempDirectory("consort-bench");
        double bytes = shape.bytesOfStep() * share(quantisation);
        try (CudaBackend backend = CudaBackend.open(Precision.MIXED, quantisation);
                Checkpoint checkpoint = shape.make(folder);
                DecoderModel model = Models.load(checkpoint, backend)) {
            err.println("measuring");
            GpuModelBench bench = new GpuModelBench(model);
            rows.add(new Row(name + ", decode 1", bench.decode(1, CONTEXT, TOKENS), 1, bytes));
            rows.add(
                    new Row(
                            name + ", decode " + BATCH,
                            bench.decode(BATCH, CONTEXT, TOKENS),
                            BATCH,
                            bytes));
            if (quantisation == Quantisation.NONE) {
                measureDrawn(name, bench, bytes);
                rows.add(
                        new Row(
                                name + ", prompt of " + PROMPT,
                                bench.prefill(PROMPT),
                                PROMPT,
                                bytes));
            }
        } finally {
            Files.deleteIfExists(folder.resolve("config.json"));
            Files.deleteIfExists(folder);
        }
    }

    private void measureDrawn(String name, GpuModelBench bench, double bytes) {
        for (int sequences : List.of(1, BATCH)) {
            double seconds = bench.decode(sequences, CONTEXT, TOKENS, DRAW);
            rows.add(new Row(name + ", drawn " + sequences, seconds, sequences, bytes));
        }
    }

    private static String words(Quantisation quantisation) {
        return switch (quantisation) {
            case NONE -> "bf16";
            case EIGHT_BIT -> "8-bit";
            case FOUR_BIT -> "4-bit";
        };
    }

    /** Bytes of a weight, with its share of a scale, per byte of bfloat16. */
    private static double share(Quantisation quantisation) {
        return switch (quantisation) {
            case NONE -> 1;
            case EIGHT_BIT -> 34 / 64.0;
            case FOUR_BIT -> 18 / 64.0;
        };
    }

    private String text(Availability cuda, double copy) {
        StringBuilder text = new StringBuilder(cuda.text()).append('\n');
        text.append(String.format(Locale.ROOT, "memory copy: %.0f GB/s read and written%n", copy));
        for (Row row : rows) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-36s %9.3f ms %9.1f tokens/s, %3.0f %% of the copy%n",
                            row.what(),
                            1e3 * row.seconds(),
                            row.tokens() / row.seconds(),
                            100 * row.bytes() / row.seconds() / 1e9 / copy));
        }
        return text.toString();
    }

    private String json(Availability cuda, double copy) {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        root.put("cuda", cuda.text());
        root.put("copy_gb_per_s", copy);
        var list = root.putArray("rows");
        for (Row row : rows) {
            list.addObject()
                    .put("what", row.what())
                    .put("ms", 1e3 * row.seconds())
                    .put("tokens_per_s", row.tokens() / row.seconds())
                    .put("share_of_copy", row.bytes() / row.seconds() / 1e9 / copy);
        }
        return root + System.lineSeparator();
    }
}
