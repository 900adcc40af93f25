package io.consort.runtime.check;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.runtime.backend.Backend;
import io.consort.runtime.weights.CheckpointException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The command {@code check-model}: compares a checkpoint with the golden answers beside it. */
public final class CheckModel {

    private static final String USAGE =
            """
            usage: consort check-model DIR|FILE.gguf [--backend cpu|cuda] [--json]

            Runs the checkpoint and compares it with the golden.safetensors in its folder: every
            logit and hidden state within 1e-3 x (1 + |value|), and the greedily chosen ids equal.

              --backend NAME  what runs the model: cpu (default) or cuda
              --json          print one JSON object instead of text
              --help          print this and exit

            Exit code: 0 at parity, 1 if not, 2 if the check could not be made.
            """;

    private static final int PARITY = 0;
    private static final int NO_PARITY = 1;
    private static final int NOT_CHECKED = 2;

    private CheckModel() {}

    /**
     * Runs the command.
     *
     * @param args what follows the command's name
     * @param out receives the report
     * @param err receives what went wrong
     * @return the exit code: 0 only at parity
     */
    public static int run(List<String> args, PrintStream out, PrintStream err) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(USAGE);
            return PARITY;
        }
        try {
            CheckArguments arguments = CheckArguments.parse(args);
            ParityReport report = check(arguments);
            if (arguments.json()) {
                out.println(json(arguments.folder(), report));
            } else {
                out.print(text(arguments.folder(), report));
            }
            return report.isParity() ? PARITY : NO_PARITY;
        } catch (InvalidPathException e) {
            err.println("check-model: `DIR` is not a path: " + e.getMessage());
        } catch (CheckpointException | IllegalArgumentException e) {
            err.println("check-model: " + e.getMessage());
        }
        return NOT_CHECKED;
    }

    private static ParityReport check(CheckArguments arguments) {
        try (Backend backend = Backends.open(arguments.backend())) {
            return ParityCheck.run(
                    arguments.folder(), backend, Backends.tolerance(arguments.backend()));
        }
    }

    private static String text(Path folder, ParityReport report) {
        StringBuilder text = new StringBuilder();
        text.append(
                "%s: %s on %s, %d tokens%n"
                        .formatted(
                                folder, report.architecture(), report.backend(), report.tokens()));
        text.append(line("worst hidden state", report.worstHidden()));
        text.append(line("logits", report.logits()));
        text.append(line("logits in chunks", report.chunkedLogits()));
        String greedy =
                report.greedyMismatch().isEmpty()
                        ? "all %d ids agree".formatted(report.generated())
                        : "id %d of %d differs"
                                .formatted(report.greedyMismatch().getAsInt(), report.generated());
        text.append("  %-20s %s%n".formatted("greedy decoding", greedy));
        text.append(report.isParity() ? "parity\n" : "NO PARITY\n");
        return text.toString();
    }

    private static String line(String name, Deviation deviation) {
        if (deviation.isNaN()) {
            return "  %-20s not a number at row %d, column %d of %s%n"
                    .formatted(name, deviation.row(), deviation.column(), deviation.name());
        }
        return String.format(
                Locale.ROOT,
                "  %-20s largest deviation %.2e (%.2e of 1 + |value|, at row %d of %s; %.2e of the length)%n",
                name,
                deviation.largest(),
                deviation.relative(),
                deviation.row(),
                deviation.name(),
                deviation.length());
    }

    private static String json(Path folder, ParityReport report) {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        root.put("checkpoint", folder.toString());
        root.put("architecture", report.architecture());
        root.put("backend", report.backend());
        root.put("parity", report.isParity());
        root.put("tolerance", report.tolerance().limit());
        root.put("measure", report.tolerance().name().toLowerCase(Locale.ROOT));
        root.put("tokens", report.tokens());
        put(root.putObject("logits"), report.logits());
        put(root.putObject("chunked_logits"), report.chunkedLogits());
        ArrayNode hidden = root.putArray("hidden");
        report.hidden().forEach(deviation -> put(hidden.addObject(), deviation));
        ObjectNode greedy = root.putObject("greedy");
        greedy.put("ids", report.generated());
        greedy.put("equal", report.greedyMismatch().isEmpty());
        report.greedyMismatch().ifPresent(index -> greedy.put("first_mismatch", index));
        return root.toString();
    }

    private static void put(ObjectNode node, Deviation deviation) {
        node.put("name", deviation.name());
        node.put("nan", deviation.isNaN());
        if (!deviation.isNaN()) {
            node.put("max_abs", deviation.largest());
            node.put("max_rel", deviation.relative());
            node.put("length", deviation.length());
        }
        node.put("row", deviation.row());
        node.put("column", deviation.column());
    }
}
