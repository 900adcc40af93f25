package io.consort.router.policy;

/** How much a policy looks at before somebody answers; each looks at more than the one before. */
public enum Tier {
    /** Nothing: the decision stands before the query comes. */
    BLIND,
    /** The query's category, as the classifier tells it. */
    CATEGORY,
    /** The query's meaning, which is compared with what is recorded of others. */
    MEANING,
    /** An expert's answer, which is thrown away where it is not confident. */
    ANSWER
}
