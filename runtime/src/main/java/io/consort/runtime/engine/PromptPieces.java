package io.consort.runtime.engine;

/**
 * Deals a turn's room to prompts: each, in order of arrival, gets half of what is left and the last
 * one all of it, so that a long prompt neither holds up those after it nor is held up by them. What
 * nobody took goes to those that want more, in order of arrival. So no room stays empty, and the
 * first one gets at least half of all.
 */
final class PromptPieces {

    private PromptPieces() {}

    /**
     * Deals.
     *
     * @param wanted tokens of each prompt
     * @return tokens of each that are computed now
     */
    static int[] of(int[] wanted, int room) {
        int[] dealt = new int[wanted.length];
        int left = room;
        for (int i = 0; i < wanted.length; i++) {
            boolean last = i == wanted.length - 1;
            dealt[i] = Math.min(wanted[i], last ? left : Math.ceilDiv(left, 2));
            left -= dealt[i];
        }
        for (int i = 0; i < wanted.length; i++) {
            int more = Math.min(wanted[i] - dealt[i], left);
            dealt[i] += more;
            left -= more;
        }
        return dealt;
    }
}
