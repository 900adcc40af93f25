package io.consort.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswerTextTest {

    private final Tokenizer tokenizer = new FakeTokenizer();

    @Test
    void bytesThatSplitACodePointAreHeldBackUntilItIsWhole() {
        AnswerText text = new AnswerText(tokenizer, List.of());
        List<String> pieces = pieces(text, "a\uD83D\uDE00b");

        assertThat(pieces).containsExactly("a", "", "", "", "\uD83D\uDE00", "b");
    }

    @Test
    void bytesThatNeverBecomeACodePointAreReplacedAtTheEnd() {
        AnswerText text = new AnswerText(tokenizer, List.of());

        assertThat(text.append(0xF0) + text.append(0x9F)).isEmpty();
        assertThat(text.finish()).isEqualTo("\uFFFD");
    }

    @Test
    void aStopTextAcrossTokensEndsTheAnswerAndIsLeftOut() {
        AnswerText text = new AnswerText(tokenizer, List.of("STOP"));

        assertThat(String.join("", pieces(text, "beforeSTOPafter"))).isEqualTo("before");
        assertThat(text.stopped()).isTrue();
        assertThat(text.finish()).isEmpty();
    }

    @Test
    void textThatOnlyBeginsAStopTextIsReleasedWhenItGoesOnDifferently() {
        AnswerText text = new AnswerText(tokenizer, List.of("STOP"));

        assertThat(pieces(text, "STxy")).containsExactly("", "", "STx", "y");
    }

    @Test
    void theEarliestOfSeveralStopTextsWins() {
        AnswerText text = new AnswerText(tokenizer, List.of("cd", "abcd"));

        assertThat(String.join("", pieces(text, "zabcd")) + text.finish()).isEqualTo("z");
    }

    @Test
    void anyTextComesOutAsItWentInWhateverTheStops() {
        Random random = new Random(7);
        for (int round = 0; round < 2_000; round++) {
            String whole = randomText(random, 30);
            String stop = randomText(random, 3) + "b";
            AnswerText text = new AnswerText(tokenizer, List.of(stop));
            String seen = String.join("", pieces(text, whole)) + text.finish();
            int at = whole.indexOf(stop);
            assertThat(seen).isEqualTo(at < 0 ? whole : whole.substring(0, at));
        }
    }

    private static String randomText(Random random, int longest) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(longest);
        for (int i = 0; i < length; i++) {
            text.append(List.of("a", "b", "ä", "€", "\uD83D\uDE00").get(random.nextInt(5)));
        }
        return text.toString();
    }

    private List<String> pieces(AnswerText text, String whole) {
        List<String> pieces = new ArrayList<>();
        for (int token : tokenizer.encode(whole)) {
            pieces.add(text.append(token));
        }
        return pieces;
    }
}
