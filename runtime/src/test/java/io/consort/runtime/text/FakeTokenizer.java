package io.consort.runtime.text;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Every byte is a token; 256 and above say nothing. */
public final class FakeTokenizer implements Tokenizer {

    private final Set<String> specialTexts;

    public FakeTokenizer(String... specialTexts) {
        this.specialTexts = Set.of(specialTexts);
    }

    @Override
    public int[] encode(String prompt) {
        byte[] bytes = prompt.getBytes(StandardCharsets.UTF_8);
        int[] tokens = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            tokens[i] = bytes[i] & 0xFF;
        }
        return tokens;
    }

    @Override
    public byte[] bytes(int token) {
        return token < 256 ? new byte[] {(byte) token} : new byte[0];
    }

    @Override
    public boolean stripsLeadingSpace() {
        return false;
    }

    @Override
    public Set<String> specialTexts() {
        return specialTexts;
    }

    @Override
    public void close() {}
}
