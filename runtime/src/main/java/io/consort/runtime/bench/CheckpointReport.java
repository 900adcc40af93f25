package io.consort.runtime.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.consort.runtime.local.CheckpointMeasure.Figures;
import io.consort.runtime.local.CheckpointMeasure.Round;
import java.util.Locale;

/** Says how a checkpoint came from its files. */
final class CheckpointReport {

    private CheckpointReport() {}

    static String text(Figures figures) {
        StringBuilder text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "a sharded checkpoint of %.1f GB, written in %.1f s%n",
                                figures.bytes() / 1e9,
                                figures.writeSeconds()));
        for (Round round : figures.rounds()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            """
                              files -> device     %8.1f GB/s, first layer after %.1f ms, last after %.1f ms
                              first token         %8.1f ms
                              pinned copy there after %.2f s; steps meanwhile %.2f ms, longest %.1f ms; afterwards %.2f ms, longest %.1f ms
                            """,
                            figures.bytes() / round.lastPart() / 1e9,
                            1e3 * round.firstPart(),
                            1e3 * round.lastPart(),
                            1e3 * round.firstToken(),
                            round.pinned(),
                            1e3 * round.beside().median(),
                            1e3 * round.beside().longest(),
                            1e3 * round.after().median(),
                            1e3 * round.after().longest()));
        }
        return text.toString();
    }

    static String json(Figures figures) {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        root.put("checkpoint_bytes", figures.bytes()).put("write_s", figures.writeSeconds());
        ArrayNode rounds = root.putArray("rounds");
        for (Round round : figures.rounds()) {
            rounds.addObject()
                    .put("files_to_device_gb_per_s", figures.bytes() / round.lastPart() / 1e9)
                    .put("first_layer_s", round.firstPart())
                    .put("last_layer_s", round.lastPart())
                    .put("first_token_s", round.firstToken())
                    .put("pinned_copy_s", round.pinned())
                    .put("step_beside_s", round.beside().median())
                    .put("longest_step_beside_s", round.beside().longest())
                    .put("step_after_s", round.after().median())
                    .put("longest_step_after_s", round.after().longest());
        }
        return root + System.lineSeparator();
    }
}
