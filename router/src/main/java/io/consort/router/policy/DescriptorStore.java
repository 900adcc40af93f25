package io.consort.router.policy;

import io.consort.experts.Expert;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Sentences that experts wrote, each in a file named after writer and request, so that each is
 * written once. The files may be edited and deleted at any time.
 */
final class DescriptorStore {

    private static final System.Logger LOG = System.getLogger(DescriptorStore.class.getName());
    private static final int LONGEST = 400;

    private final Path folder;
    private final Scribe scribe;

    /**
     * @param folder made when the first sentence is kept
     */
    DescriptorStore(Path folder, Scribe scribe) {
        this.folder = folder;
        this.scribe = scribe;
    }

    /**
     * The sentence with which a writer answers a request; blocks meanwhile.
     *
     * @param policy that needs it, for the message
     * @throws ArtefactException when the writer does not answer, or with nothing
     */
    String sentence(String policy, Expert writer, String request) {
        String name = Fingerprint.of(List.of(writer.id(), writer.source().toString(), request));
        Path file = folder.resolve("descriptor-%s.txt".formatted(name));
        try {
            if (Files.exists(file)) {
                return first(Files.readString(file));
            }
        } catch (IOException unreadable) {
            LOG.log(Level.WARNING, "{0} cannot be read: {1}", file, unreadable.toString());
        }
        String sentence = first(written(policy, writer, request));
        if (sentence.isEmpty()) {
            throw new ArtefactException(
                    policy,
                    "its writer %s described an expert with nothing; name another `writer`"
                            .formatted(writer.id()));
        }
        keep(file, sentence);
        return sentence;
    }

    private String written(String policy, Expert writer, String request) {
        try {
            return scribe.write(writer.id(), request);
        } catch (RuntimeException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw new ArtefactException(
                    policy,
                    "its writer %s could not describe the experts (%s); see to it, or name another `writer`"
                            .formatted(writer.id(), cause.getMessage()));
        }
    }

    private void keep(Path file, String sentence) {
        try {
            Files.createDirectories(folder);
            Files.writeString(file, sentence + "\n");
        } catch (IOException full) {
            LOG.log(
                    Level.WARNING,
                    "A description cannot be kept in {0} and will be written again: {1}",
                    file,
                    full.toString());
        }
    }

    /** The first line that says something, without quotes around it. */
    private static String first(String text) {
        String line =
                text.lines()
                        .map(String::strip)
                        .filter(one -> !one.isEmpty())
                        .findFirst()
                        .orElse("");
        boolean quoted = line.length() > 1 && line.startsWith("\"") && line.endsWith("\"");
        String bare = quoted ? line.substring(1, line.length() - 1).strip() : line;
        return bare.substring(0, Math.min(LONGEST, bare.length()));
    }
}
