package io.consort.service.starter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Questions that were kept out of all training, with the answers they want. */
record HeldOut(String family, String question, String answer) {

    static List<HeldOut> read(Path file) {
        ObjectMapper json = new ObjectMapper();
        List<HeldOut> all = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                JsonNode row = json.readTree(line);
                all.add(
                        new HeldOut(
                                row.get("family").asText(),
                                row.get("question").asText(),
                                row.get("answer").asText()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** The result stands in the last line; a line of working may come before. */
    boolean isRight(String said) {
        return result(said).equals(result(answer));
    }

    private static String result(String text) {
        String[] lines = text.strip().split("\n", -1);
        String last = lines[lines.length - 1].strip();
        String plain = last.endsWith(".") ? last.substring(0, last.length() - 1) : last;
        return plain.toLowerCase(Locale.ROOT);
    }
}
