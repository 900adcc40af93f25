package io.consort.runtime.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.runtime.backend.cuda.Availability;
import io.consort.runtime.backend.cuda.Probe;
import io.consort.runtime.backend.cuda.driver.CudaException;
import io.consort.runtime.backend.cuda.tiers.ReplayMeasure;
import io.consort.runtime.backend.cuda.tiers.TierFigures;
import io.consort.runtime.backend.cuda.tiers.TierMeasure;
import io.consort.runtime.local.CheckpointMeasure;
import io.consort.runtime.local.FirstTokenMeasure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The command {@code bench tiers}: how fast weights come to the device, beside bare copies. */
public final class TierBench {

    private static final String USAGE =
            """
            usage: consort bench tiers [--gigabytes N] [--replay|--first-token|--checkpoint] [--folder DIR] [--json]

            Moves a made-up expert from a file and from pinned memory to the first CUDA device, in the
            order of its 32 layers, and measures that beside bare copies of the same run.

              --gigabytes N  the expert's weights, from 1 to 64 (default: 8)
              --replay       play arrivals to 12 experts of 2 GiB instead, of which 4 fit
              --first-token  two models of the shape of Llama 3 8B take turns instead, where one fits:
                             seconds to the first token, beside bare copies of the weights
              --checkpoint   a sharded checkpoint of 16 GB is written, and comes from its files instead:
                             how fast, and what its pinned copy costs steps that run meanwhile
              --folder DIR   for a file of that size (default: the temporary folder)
              --json         print one JSON object instead of text
              --help         print this and exit
            """;

    private static final String REPLAY = "--replay";
    private static final String FIRST_TOKEN = "--first-token";
    private static final String CHECKPOINT = "--checkpoint";

    private TierBench() {}

    /** What to move, and where its file is put. */
    private record Options(int gigabytes, Optional<String> instead, Path folder, boolean json) {

        static Options parse(List<String> args) {
            int gigabytes = 8;
            Path folder = Path.of(System.getProperty("java.io.tmpdir"));
            Optional<String> instead = Optional.empty();
            boolean json = false;
            Iterator<String> rest = args.iterator();
            while (rest.hasNext()) {
                String arg = rest.next();
                switch (arg) {
                    case "--json" -> json = true;
                    case REPLAY, FIRST_TOKEN, CHECKPOINT -> instead = Optional.of(arg);
                    case "--gigabytes" -> gigabytes = gigabytes(rest.hasNext() ? rest.next() : "");
                    case "--folder" -> folder = Path.of(rest.hasNext() ? rest.next() : "");
                    default ->
                            throw new IllegalArgumentException(
                                    "unknown option `%s`; see --help".formatted(arg));
                }
            }
            return new Options(gigabytes, instead, folder, json);
        }

        private static int gigabytes(String value) {
            if (!value.matches("[1-9]|[1-5][0-9]|6[0-4]")) {
                throw new IllegalArgumentException(
                        "`--gigabytes` is \"%s\"; give a number from 1 to 64".formatted(value));
            }
            return Integer.parseInt(value);
        }
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
        try {
            Options options = Options.parse(args);
            Availability cuda = Probe.driver();
            if (!(cuda instanceof Availability.Ready ready)) {
                err.println("bench tiers: CUDA is " + cuda.text());
                return 2;
            }
            out.print(measured(options, ready, err));
            return 0;
        } catch (IllegalArgumentException | CudaException | IllegalStateException e) {
            err.println("bench tiers: " + e.getMessage());
        } catch (IOException e) {
            err.println("bench tiers: `--folder` cannot hold the weights: " + e);
        }
        return 2;
    }

    private static String measured(Options options, Availability.Ready ready, PrintStream err)
            throws IOException {
        return switch (options.instead().orElse("")) {
            case REPLAY -> {
                err.println("bench tiers: playing arrivals, about a minute");
                List<ReplayMeasure.Row> rows = ReplayMeasure.run(options.folder());
                yield options.json() ? replayJson(rows) : replayText(rows);
            }
            case FIRST_TOKEN -> {
                err.println("bench tiers: two models take turns, about a minute");
                FirstTokenMeasure.Figures figures = FirstTokenMeasure.run(options.folder());
                yield options.json() ? firstTokenJson(figures) : firstTokenText(figures);
            }
            case CHECKPOINT -> {
                err.println("bench tiers: writing 16 GB, and reading them three times");
                yield checkpoint(options);
            }
            default -> {
                err.println("bench tiers: moving %d GB to and fro".formatted(options.gigabytes()));
                TierFigures figures =
                        TierMeasure.run(options.folder(), options.gigabytes() * 1_000_000_000L);
                yield options.json() ? json(ready, figures) : text(ready, figures);
            }
        };
    }

    private static String checkpoint(Options options) throws IOException {
        try (ScratchFolder folder = new ScratchFolder(options.folder(), "consort-checkpoint")) {
            CheckpointMeasure.Figures figures = CheckpointMeasure.run(folder.path());
            return options.json() ? CheckpointReport.json(figures) : CheckpointReport.text(figures);
        }
    }

    private static String text(Availability.Ready ready, TierFigures figures) {
        return String.format(
                Locale.ROOT,
                """
                %s, an expert of %.1f GB in 32 layers
                  bare copies
                    pinned -> device    %8.1f GB/s
                    device -> pinned    %8.1f GB/s
                    device -> device    %8.1f GB/s, read and written
                  promotion
                    pinned -> device    %8.1f GB/s, first layer after %.1f ms
                    every layer read as it arrives: %.3f x the bare copies' time
                    file -> device      %8.1f GB/s, first layer after %.1f ms
                    file -> pinned      %8.1f GB/s
                  pages
                    map %.1f ms, unmap %.1f ms
                """,
                ready.device().name(),
                figures.expertBytes() / 1e9,
                figures.toDevice(),
                figures.toHost(),
                figures.onDevice(),
                figures.promotion(),
                1e3 * figures.firstLayerSeconds(),
                figures.overlapped(),
                figures.fileToDevice(),
                1e3 * figures.fileFirstLayerSeconds(),
                figures.fileToPinned(),
                1e3 * figures.mapSeconds(),
                1e3 * figures.unmapSeconds());
    }

    private static String firstTokenText(FirstTokenMeasure.Figures figures) {
        return String.format(
                Locale.ROOT,
                """
                first token of a model of %.1f GB, another one of which has to leave
                  bare copies of its weights  %8.1f ms
                  from pinned memory          %8.1f ms, %.3f x the bare copies
                  from the mapped file        %8.1f ms, %.1f GB/s, pinned memory taken meanwhile
                  on the device already       %8.1f ms
                """,
                figures.bytes() / 1e9,
                1e3 * figures.bareSeconds(),
                1e3 * figures.pinnedSeconds(),
                figures.pinnedSeconds() / figures.bareSeconds(),
                1e3 * figures.mappedSeconds(),
                figures.bytes() / 1e9 / figures.mappedSeconds(),
                1e3 * figures.residentSeconds());
    }

    private static String firstTokenJson(FirstTokenMeasure.Figures figures) {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        root.put("expert_bytes", figures.bytes())
                .put("bare_s", figures.bareSeconds())
                .put("pinned_first_token_s", figures.pinnedSeconds())
                .put("mapped_first_token_s", figures.mappedSeconds())
                .put("resident_first_token_s", figures.residentSeconds());
        return root + System.lineSeparator();
    }

    private static String replayText(List<ReplayMeasure.Row> rows) {
        StringBuilder text = new StringBuilder("per 100 requests\n");
        for (ReplayMeasure.Row row : rows) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  %-7s %-8s %-20s %6.1f switches %8.2f s lost%n",
                            row.arrivals(),
                            row.order(),
                            row.eviction(),
                            row.cost().switches(),
                            row.cost().lost()));
        }
        return text.toString();
    }

    private static String replayJson(List<ReplayMeasure.Row> rows) {
        ArrayNode root = JsonMapper.builder().build().createArrayNode();
        for (ReplayMeasure.Row row : rows) {
            root.addObject()
                    .put("arrivals", row.arrivals().name())
                    .put("order", row.order().name())
                    .put("eviction", row.eviction().name())
                    .put("switches_per_100", row.cost().switches())
                    .put("lost_s_per_100", row.cost().lost());
        }
        return root + System.lineSeparator();
    }

    private static String json(Availability.Ready ready, TierFigures figures) {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        root.put("device", ready.device().name())
                .put("expert_bytes", figures.expertBytes())
                .put("pinned_to_device_gb_per_s", figures.toDevice())
                .put("device_to_pinned_gb_per_s", figures.toHost())
                .put("device_to_device_gb_per_s", figures.onDevice())
                .put("promotion_gb_per_s", figures.promotion())
                .put("promotion_first_layer_s", figures.firstLayerSeconds())
                .put("promotion_read_as_it_arrives", figures.overlapped())
                .put("file_to_device_gb_per_s", figures.fileToDevice())
                .put("file_first_layer_s", figures.fileFirstLayerSeconds())
                .put("file_to_pinned_gb_per_s", figures.fileToPinned())
                .put("map_s", figures.mapSeconds())
                .put("unmap_s", figures.unmapSeconds());
        return root + System.lineSeparator();
    }
}
