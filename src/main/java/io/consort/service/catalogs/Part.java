package io.consort.service.catalogs;

/** What a catalog has many of, each under an id. */
public enum Part {
    /** Kinds of queries. */
    CATEGORY("categories", "category"),
    /** Models that can answer. */
    EXPERT("experts", "expert"),
    /** The ranked experts of a category. */
    MAP("map", "map"),
    /** Ways to decide. */
    POLICY("policies", "policy");

    private final String key;
    private final String word;

    Part(String key, String word) {
        this.key = key;
        this.word = word;
    }

    /** The document's key. */
    public String key() {
        return key;
    }

    /** What one of them is called. */
    public String word() {
        return word;
    }
}
