package io.consort.router.classify;

/**
 * A text as a head sees it.
 *
 * @param dense its embedding; shared, not changed
 * @param words its words, see {@link Words}
 */
record Features(float[] dense, Words words) {}
