package io.consort.router.signal;

/**
 * Facts about a query.
 *
 * @param text what the query is routed on
 * @param characters UTF-16 units of the text
 * @param words runs of characters between white space
 * @param embedding of the text; shared, must not be changed
 */
public record Signals(String text, int characters, int words, float[] embedding) {

    /** The facts of a text whose embedding is known. */
    public static Signals of(String text, float[] embedding) {
        return new Signals(text, text.length(), words(text), embedding);
    }

    private static int words(String text) {
        int words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean white = Character.isWhitespace(text.charAt(i));
            if (!white && !inside) {
                words++;
            }
            inside = !white;
        }
        return words;
    }
}
