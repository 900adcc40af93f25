package io.consort.router.classify;

/**
 * What a judge that had not seen an example makes of it.
 *
 * @param example its place in the training set
 * @param logits of the head
 * @param evidence about it
 * @param strangerLogits the logits as if its category were not known; empty for examples of none
 *     and where there is one category only
 * @param stranger the evidence as if its category were not known; meaningful with those logits
 */
record HeldOut(
        int example,
        double[] logits,
        Evidence evidence,
        double[] strangerLogits,
        Evidence stranger) {

    /** Whether it also stands for a query of an unknown kind. */
    boolean isStranger() {
        return strangerLogits.length > 0;
    }
}
