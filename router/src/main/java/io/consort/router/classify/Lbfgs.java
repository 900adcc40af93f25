package io.consort.router.classify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a smooth convex function by L-BFGS with a backtracking line search (Nocedal and Wright,
 * Numerical Optimization, algorithm 7.5). Deterministic.
 */
final class Lbfgs {

    private static final int MEMORY = 10;
    private static final int HALVINGS = 30;
    private static final double SUFFICIENT = 1e-4;

    private Lbfgs() {}

    /** A function with its gradient. */
    interface Objective {
        /** The value at a point; the gradient there is written into the second array. */
        double evaluate(double[] point, double[] gradient);
    }

    private record Step(double[] point, double[] gradient, double curvature) {}

    /**
     * The point of the minimum, found from the origin.
     *
     * @param tolerance stops when no part of the gradient is larger than this
     */
    static double[] minimise(Objective objective, int size, int iterations, double tolerance) {
        double[] point = new double[size];
        double[] gradient = new double[size];
        double value = objective.evaluate(point, gradient);
        Deque<Step> steps = new ArrayDeque<>(MEMORY);
        for (int i = 0; i < iterations && largest(gradient) > tolerance; i++) {
            double[] direction = direction(gradient, steps);
            double slope = dot(direction, gradient);
            double length = steps.isEmpty() ? 1 / Math.max(1, Math.sqrt(-slope)) : 1;
            double[] next = new double[size];
            double[] nextGradient = new double[size];
            double nextValue = Double.POSITIVE_INFINITY;
            for (int halving = 0; halving < HALVINGS; halving++) {
                move(point, direction, length, next);
                nextValue = objective.evaluate(next, nextGradient);
                if (nextValue <= value + SUFFICIENT * length * slope) {
                    break;
                }
                length /= 2;
            }
            if (!(nextValue < value)) {
                return point;
            }
            remember(steps, point, next, gradient, nextGradient);
            point = next;
            gradient = nextGradient;
            value = nextValue;
        }
        return point;
    }

    private static void remember(
            Deque<Step> steps, double[] from, double[] to, double[] fromSlope, double[] toSlope) {
        double[] moved = minus(to, from);
        double[] turned = minus(toSlope, fromSlope);
        double curvature = dot(moved, turned);
        if (curvature <= 1e-12 * dot(turned, turned)) {
            return;
        }
        if (steps.size() == MEMORY) {
            steps.removeFirst();
        }
        steps.addLast(new Step(moved, turned, curvature));
    }

    /** The two-loop recursion: minus the gradient times the approximate inverse Hessian. */
    private static double[] direction(double[] gradient, Deque<Step> steps) {
        double[] q = gradient.clone();
        double[] alphas = new double[steps.size()];
        int i = steps.size();
        for (Iterator<Step> newestFirst = steps.descendingIterator(); newestFirst.hasNext(); ) {
            Step step = newestFirst.next();
            i--;
            alphas[i] = dot(step.point(), q) / step.curvature();
            add(q, -alphas[i], step.gradient());
        }
        double scale = -1;
        if (!steps.isEmpty()) {
            Step newest = steps.getLast();
            scale = -newest.curvature() / dot(newest.gradient(), newest.gradient());
        }
        for (int j = 0; j < q.length; j++) {
            q[j] *= scale;
        }
        for (Step step : steps) {
            double beta = dot(step.gradient(), q) / step.curvature();
            add(q, -alphas[i] - beta, step.point());
            i++;
        }
        return q;
    }

    private static void move(double[] from, double[] direction, double length, double[] to) {
        for (int i = 0; i < from.length; i++) {
            to[i] = from[i] + length * direction[i];
        }
    }

    private static void add(double[] to, double factor, double[] vector) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * vector[i];
        }
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = a.clone();
        add(difference, -1, b);
        return difference;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
