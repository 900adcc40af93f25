package io.consort.experts.chat;

import java.util.List;

/**
 * How probable a token was.
 *
 * @param token its text; a token that is part of a code point shows the replacement character
 * @param logprob natural logarithm of its probability
 * @param bytes its UTF-8 bytes
 * @param alternatives the most probable tokens at this place, without alternatives of their own
 */
public record TokenLogprob(
        String token, double logprob, byte[] bytes, List<TokenLogprob> alternatives) {

    public TokenLogprob {
        alternatives = List.copyOf(alternatives);
    }
}
