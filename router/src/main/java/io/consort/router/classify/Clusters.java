package io.consort.router.classify;

import java.util.Arrays;

/** Groups directions that are close to each other: spherical k-means. Deterministic. */
public final class Clusters {

    private static final int ROUNDS = 12;

    private Clusters() {}

    /**
     * The cluster of every row, numbered from 0; some may be empty. Starts from rows that are far
     * apart, the first row among them.
     *
     * @param rows of norm 1
     * @param clusters at least 1 and at most the number of rows
     */
    public static int[] of(Rows rows, int clusters) {
        float[][] centres = farApart(rows, clusters);
        int[] assigned = assign(rows, centres);
        for (int round = 1; round < ROUNDS; round++) {
            for (int c = 0; c < clusters; c++) {
                move(rows, assigned, c, centres);
            }
            assigned = assign(rows, centres);
        }
        return assigned;
    }

    private static float[][] farApart(Rows rows, int clusters) {
        float[][] centres = new float[clusters][];
        centres[0] = rows.row(0);
        float[] closest = rows.times(centres[0]);
        for (int c = 1; c < clusters; c++) {
            int farthest = 0;
            for (int i = 1; i < closest.length; i++) {
                if (closest[i] < closest[farthest]) {
                    farthest = i;
                }
            }
            centres[c] = rows.row(farthest);
            float[] similarity = rows.times(centres[c]);
            for (int i = 0; i < closest.length; i++) {
                closest[i] = Math.max(closest[i], similarity[i]);
            }
        }
        return centres;
    }

    private static int[] assign(Rows rows, float[][] centres) {
        int[] assigned = new int[rows.count()];
        float[] best = new float[rows.count()];
        Arrays.fill(best, Float.NEGATIVE_INFINITY);
        for (int c = 0; c < centres.length; c++) {
            float[] similarity = rows.times(centres[c]);
            for (int i = 0; i < similarity.length; i++) {
                if (similarity[i] > best[i]) {
                    best[i] = similarity[i];
                    assigned[i] = c;
                }
            }
        }
        return assigned;
    }

    private static void move(Rows rows, int[] assigned, int cluster, float[][] centres) {
        float[] members = new float[rows.count()];
        for (int i = 0; i < members.length; i++) {
            members[i] = assigned[i] == cluster ? 1 : 0;
        }
        float[] sum = rows.weightedSum(members);
        double squares = 0;
        for (float value : sum) {
            squares += value * value;
        }
        if (squares > 0) {
            float scale = (float) (1 / Math.sqrt(squares));
            for (int i = 0; i < sum.length; i++) {
                sum[i] *= scale;
            }
            centres[cluster] = sum;
        }
    }
}
