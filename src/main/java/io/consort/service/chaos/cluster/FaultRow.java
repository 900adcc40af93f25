package io.consort.service.chaos.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * One fault: what clients saw while it lasted, and what of that is in the books.
 *
 * @param unanswered requests that ended without an answer, their node having died with them
 * @param refused answers with other statuses than 200
 * @param recorded of the answered
 * @param duplicated answers with another's number
 * @param miscounted recorded with other tokens than they had
 * @param streams that ran at some time
 * @param broken of these, at the node that died
 * @param brokenElsewhere of these, at others
 * @param disordered ended with pieces missing, twice or in another order
 */
record FaultRow(
        String fault,
        long sent,
        long answered,
        long unanswered,
        long refused,
        long recorded,
        long duplicated,
        long miscounted,
        long streams,
        long whole,
        long broken,
        long brokenElsewhere,
        long disordered) {

    /**
     * Compares what was seen with the books.
     *
     * @param died the node that was killed; -1 when none was
     */
    static FaultRow of(Tally tally, Books books, int died) {
        long atTheDead = died < 0 ? 0 : tally.broken().getOrDefault(died, 0L);
        long all = sum(tally.broken().values());
        return new FaultRow(
                tally.fault(),
                tally.sent(),
                tally.answered().size(),
                tally.unanswered(),
                sum(tally.refused().values()),
                books.recorded(tally.answered()),
                tally.twice(),
                books.miscounted(tally.answered()),
                tally.streams(),
                tally.whole(),
                atTheDead,
                all - atTheDead,
                tally.disordered());
    }

    long lost() {
        return answered - recorded;
    }

    /** What must not be, in words. */
    List<String> complaints(boolean nodeDied) {
        List<String> all = new ArrayList<>();
        complain(all, lost(), "answers are missing from the books");
        complain(all, duplicated, "answers have the number of another");
        complain(all, miscounted, "answers are recorded with other tokens than they had");
        complain(all, refused, "requests were refused");
        complain(all, brokenElsewhere, "streams broke on nodes that went on");
        complain(all, disordered, "streams came incomplete or in another order");
        if (!nodeDied) {
            complain(all, unanswered, "requests were not answered although no node died");
        }
        if (answered == 0 || streams == 0) {
            all.add("%s: nobody was answered".formatted(fault));
        }
        return all;
    }

    /** The sum of rows. */
    static FaultRow total(List<FaultRow> rows) {
        FaultRow sum = new FaultRow("all", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (FaultRow row : rows) {
            sum =
                    new FaultRow(
                            sum.fault,
                            sum.sent + row.sent,
                            sum.answered + row.answered,
                            sum.unanswered + row.unanswered,
                            sum.refused + row.refused,
                            sum.recorded + row.recorded,
                            sum.duplicated + row.duplicated,
                            sum.miscounted + row.miscounted,
                            // Those that run on into the next row are in both.
                            sum.streams + row.whole + row.broken + row.brokenElsewhere,
                            sum.whole + row.whole,
                            sum.broken + row.broken,
                            sum.brokenElsewhere + row.brokenElsewhere,
                            sum.disordered + row.disordered);
        }
        return sum;
    }

    private void complain(List<String> all, long count, String what) {
        if (count != 0) {
            all.add("%s: %d %s".formatted(fault, count, what));
        }
    }

    private static long sum(Iterable<Long> counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
