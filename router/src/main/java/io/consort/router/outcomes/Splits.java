package io.consort.router.outcomes;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The two parts of an outcome set. Where no line says to which it belongs, 70 of 100 are train: those
 * the first 32 bits of the SHA-256 of whose id, modulo 100, are below 70. Equal texts follow the
 * first of them, so that none stands in both parts.
 *
 * @param drawn whether they were parted so
 */
record Splits(List<RecordedPrompt> train, List<RecordedPrompt> test, boolean drawn) {

    private static final int TRAIN_PERCENT = 70;

    /**
     * Parts the lines.
     *
     * @throws OutcomeSetException when some say to which part they belong, and others do not
     */
    static Splits of(List<OutcomeLines.Line> lines) throws OutcomeSetException {
        long unsaid = lines.stream().filter(line -> line.split().isEmpty()).count();
        if (unsaid > 0 && unsaid < lines.size()) {
            throw new OutcomeSetException(
                    ("%d of %d lines have no 'split'; give \"train\" or \"test\" to every line, or to"
                                    + " none, and 70 %% of them are taken for train")
                            .formatted(unsaid, lines.size()));
        }
        List<RecordedPrompt> train = new ArrayList<>();
        List<RecordedPrompt> test = new ArrayList<>();
        Map<String, Boolean> drawn = new HashMap<>();
        for (OutcomeLines.Line line : lines) {
            RecordedPrompt prompt = line.prompt();
            boolean learned =
                    line.split()
                            .map("train"::equals)
                            .orElseGet(() ->
                                    drawn.computeIfAbsent(
                                            prompt.text(), _ -> isTrain(prompt.id())));
            (learned ? train : test).add(prompt);
        }
        return new Splits(train, test, unsaid > 0);
    }

    private static boolean isTrain(String id) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(id.getBytes(StandardCharsets.UTF_8));
            return Integer.remainderUnsigned(ByteBuffer.wrap(hash).getInt(), 100) < TRAIN_PERCENT;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java machine has SHA-256", e);
        }
    }
}
