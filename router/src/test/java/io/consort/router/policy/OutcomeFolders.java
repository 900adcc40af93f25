package io.consort.router.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes small outcome sets: apple knows fruit, smith knows metal, general half of both. */
final class OutcomeFolders {

    private OutcomeFolders() {}

    /**
     * A set of prompts such as {@code fruit 3} and {@code metal 3}.
     *
     * @param cost what is recorded of the cost beside the scores, such as {@code ,"cost_usd":{...}}
     */
    static Path write(Path folder, String cost) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("models.json"),
                """
                [{"name": "apple"}, {"name": "smith"}, {"name": "big/general"}, {"name": "absent"}]
                """);
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            lines.append(line(i, "fruit", "\"apple\":1,\"smith\":0", cost));
            lines.append(line(i, "metal", "\"apple\":0,\"smith\":1", cost));
        }
        try (GZIPOutputStream out =
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("outcomes.jsonl.gz")))) {
            out.write(lines.toString().getBytes(UTF_8));
        }
        return folder;
    }

    private static String line(int i, String kind, String scores, String cost) {
        return """
        {"id":"%s%d","split":"%s","category":"%s","prompt":"%s %d","scores":{%s,"big/general":%d,"absent":1}%s}
        """
                .formatted(
                        kind, i, i % 4 == 0 ? "test" : "train", kind, kind, i, scores, i % 2, cost);
    }
}
