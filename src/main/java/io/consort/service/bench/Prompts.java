package io.consort.service.bench;

import io.consort.service.bench.load.Requests;

/** What the measured requests ask. */
final class Prompts {

    /** One question, always the same. */
    static final String SHORT = "What is 37 + 48?";

    private static final String TEN_WORDS = "please read this list of things and tell me more ";

    /** Twenty words, other ones in every request. */
    static final String TWENTY_WORDS =
            "Tell me what comes after number "
                    + Requests.NUMBER
                    + " when I say "
                    + TEN_WORDS.strip()
                    + ".";

    /** Two hundred words, other ones in every request. */
    static final String TWO_HUNDRED_WORDS =
            TWENTY_WORDS + (" " + TEN_WORDS.strip()).repeat(18) + ".";

    private Prompts() {}
}
