package io.consort.router.outcomes;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads a folder with {@code models.json} and {@code outcomes.jsonl.gz}. */
final class OutcomeFiles {

    private static final String OUTCOMES = "outcomes.jsonl.gz";

    private OutcomeFiles() {}

    /**
     * The outcome set in a folder.
     *
     * @throws OutcomeSetException when it is none
     */
    static OutcomeSet read(Path folder) throws IOException {
        for (String file : List.of(ModelsFile.NAME, OUTCOMES)) {
            if (!Files.isRegularFile(folder.resolve(file))) {
                throw new OutcomeSetException(
                        "%s is not an outcome set: it has no file %s".formatted(folder, file));
            }
        }
        List<ModelFacts> models = ModelsFile.read(folder.resolve(ModelsFile.NAME));
        List<OutcomeLines.Line> all = lines(folder.resolve(OUTCOMES), new OutcomeLines(models));
        List<OutcomeLines.Line> scored =
                all.stream().filter(line -> line.prompt().scored()).toList();
        Splits splits = Splits.of(scored);
        refuseEmpty("train", splits.train());
        refuseEmpty("test", splits.test());
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return new OutcomeSet(
                name == null ? "/" : name.toString(),
                models,
                splits.train(),
                splits.test(),
                all.size() - scored.size(),
                splits.drawn());
    }

    private static List<OutcomeLines.Line> lines(Path file, OutcomeLines reader)
            throws IOException {
        List<OutcomeLines.Line> read = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(file)),
                                StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!SetJson.unmarked(line).isBlank()) {
                    read.add(reader.read(line, OUTCOMES + " line " + number));
                }
            }
        } catch (ZipException | EOFException e) {
            throw new OutcomeSetException(
                    "%s is not whole or not compressed by gzip (%s); write it anew"
                            .formatted(OUTCOMES, e.getMessage()));
        }
        return read;
    }

    private static void refuseEmpty(String split, List<RecordedPrompt> prompts)
            throws OutcomeSetException {
        if (prompts.isEmpty()) {
            throw new OutcomeSetException(
                    "%s has no scored line of the split '%s'; policies are fitted on train, judged on test"
                            .formatted(OUTCOMES, split));
        }
    }
}
