package io.consort.experts.remote;

import io.consort.experts.ExpertSource;
import io.consort.experts.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes secrets out of what a server says, before anybody sees it: some repeat the key that they
 * refuse.
 */
final class Redaction {

    /** Nothing is secret. */
    static final Redaction NONE = new Redaction(Stream.of());

    private static final String MASK = "***";
    private static final int SHORTEST = 6;

    private final List<Pattern> secrets;

    private Redaction(Stream<String> secrets) {
        this.secrets =
                secrets.filter(secret -> secret.length() >= SHORTEST)
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .map(secret ->
                                Pattern.compile(Pattern.quote(secret), Pattern.CASE_INSENSITIVE))
                        .toList();
    }

    /** Of the key and the headers that calls of this source carry. */
    static Redaction of(ExpertSource.OpenAi source) {
        return new Redaction(
                Stream.concat(
                        source.apiKey().stream().map(Secret::value),
                        source.headers().values().stream().map(Secret::value)));
    }

    /** Of this secret. */
    static Redaction of(Secret secret) {
        return new Redaction(Stream.of(secret.value()));
    }

    /** The text without the secrets, however they are capitalised. */
    String in(String text) {
        String clean = text;
        for (Pattern secret : secrets) {
            clean = secret.matcher(clean).replaceAll(MASK);
        }
        return clean;
    }

    /** The bytes without the secrets, which are of ASCII. */
    byte[] in(byte[] bytes) {
        return secrets.isEmpty()
                ? bytes
                : in(new String(bytes, StandardCharsets.ISO_8859_1))
                        .getBytes(StandardCharsets.ISO_8859_1);
    }
}
