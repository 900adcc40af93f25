package io.consort.router.classify;

import java.io.IOException;
import java.util.List;

/**
 * A judge as part of a JSON file.
 *
 * @param dimension of the embeddings
 * @param owners the label of every facet of the head
 * @param weights of the head, [features][facets], see {@link Halves}
 * @param bias of the head, [facets], see {@link Halves}
 * @param landmarks embeddings, see {@link Halves}
 * @param landmarkLabels the label of every landmark
 */
record JudgeArtefact(
        int dimension,
        int[] owners,
        String weights,
        String bias,
        Calibration calibration,
        Acceptance acceptance,
        String landmarks,
        int[] landmarkLabels) {

    static JudgeArtefact of(Judge judge) {
        Head head = judge.head();
        Rows rows = judge.landmarks().rows();
        float[][] directions = new float[rows.count()][];
        for (int i = 0; i < directions.length; i++) {
            directions[i] = rows.row(i);
        }
        return new JudgeArtefact(
                rows.width(),
                head.owners(),
                Halves.encode(head.weights(), head.owners().length),
                Halves.encode(new float[][] {head.bias()}, head.owners().length),
                judge.calibration(),
                judge.acceptance(),
                Halves.encode(directions, rows.width()),
                judge.landmarks().labels());
    }

    /** The judge; fails where its parts do not fit together. */
    Judge judge(List<String> categories) throws IOException {
        int facets = owners.length;
        float[][] rows = Halves.decode(weights, facets);
        float[][] biases = Halves.decode(bias, facets);
        float[][] directions = Halves.decode(landmarks, dimension);
        int labels = owners[facets - 1] + 1;
        boolean fits =
                rows.length == dimension + Words.WIDTH
                        && biases.length == 1
                        && directions.length == landmarkLabels.length
                        && directions.length > 0
                        && (labels == categories.size() || labels == categories.size() + 1)
                        && ascending(labels)
                        && calibration.scales().length == categories.size()
                        && calibration.shifts().length == categories.size()
                        && acceptance.weights().length == Evidence.SIZE;
        if (!fits) {
            throw new IOException("it is damaged: its parts do not fit together");
        }
        return new Judge(
                categories,
                new Head(rows, biases[0], owners, labels),
                calibration,
                acceptance,
                new Landmarks(Rows.of(List.of(directions), dimension), landmarkLabels));
    }

    /** Whether every label has facets, one label after the other. */
    private boolean ascending(int labels) {
        int last = -1;
        for (int owner : owners) {
            if (owner != last && owner != last + 1) {
                return false;
            }
            last = owner;
        }
        return last == labels - 1;
    }
}
