package io.consort.service.limit;

/**
 * How much of a limit falls to this node. Called with a lock held: must be quick, must not block, and
 * must not call back. Thread-safe.
 */
@FunctionalInterface
public interface LimitCounters {

    /** The counters of a node that is alone: all of every limit is its own. */
    LimitCounters ALONE = (_, limit, _, _) -> limit;

    /**
     * What this node may have taken in all.
     *
     * @param limit of all nodes together
     * @param taken by this node so far
     * @param needed of it next; 0 to hear what all nodes together leave
     */
    long allowance(Counter counter, long limit, long taken, long needed);
}
