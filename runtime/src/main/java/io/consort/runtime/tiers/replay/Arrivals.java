package io.consort.runtime.tiers.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes arrivals up; the same seed makes the same ones. */
public enum Arrivals {
    /** At random times, and of experts whose popularity falls with their rank (Zipf, exponent 1). */
    ZIPF {
        @Override
        List<Request> make(Shape shape, SplittableRandom random) {
            List<Request> requests = new ArrayList<>();
            double seconds = 0;
            for (int i = 0; i < shape.requests(); i++) {
                seconds += exponential(random, shape.perSecond());
                int expert = shape.zipf(random);
                requests.add(shape.request(seconds, expert, random));
            }
            return requests;
        }
    },
    /**
     * In bursts of four times the mean rate between lulls, and mostly of four experts at a time, of
     * which now and then one gives way to another.
     */
    BURSTS {
        @Override
        List<Request> make(Shape shape, SplittableRandom random) {
            List<Request> requests = new ArrayList<>();
            int[] active = new int[ACTIVE];
            Arrays.setAll(active, i -> shape.zipf(random));
            boolean burst = true;
            double seconds = 0;
            for (int i = 0; i < shape.requests(); i++) {
                burst = random.nextInt(BURST) == 0 ? !burst : burst;
                double rate = burst ? 4 * shape.perSecond() : shape.perSecond() * 4 / 7;
                seconds += exponential(random, rate);
                int slot = random.nextInt(ACTIVE);
                if (random.nextInt(SESSION) == 0) {
                    active[slot] = shape.zipf(random);
                }
                int expert = random.nextInt(10) < 8 ? active[slot] : shape.zipf(random);
                requests.add(shape.request(seconds, expert, random));
            }
            return requests;
        }
    };

    private static final int ACTIVE = 4;
    private static final int BURST = 30;
    private static final int SESSION = 25;

    /**
     * What is asked for.
     *
     * @param perSecond requests per second in the mean
     */
    public record Shape(int experts, int requests, double perSecond) {

        private int zipf(SplittableRandom random) {
            double all = 0;
            for (int i = 1; i <= experts; i++) {
                all += 1.0 / i;
            }
            double left = random.nextDouble() * all;
            for (int i = 1; i < experts; i++) {
                left -= 1.0 / i;
                if (left < 0) {
                    return i - 1;
                }
            }
            return experts - 1;
        }

        private Request request(double seconds, int expert, SplittableRandom random) {
            return new Request((long) (seconds * 1e9), expert, zipf(random));
        }
    }

    /** Requests in the order of their arrival. */
    public List<Request> of(Shape shape, long seed) {
        return List.copyOf(make(shape, new SplittableRandom(seed)));
    }

    abstract List<Request> make(Shape shape, SplittableRandom random);

    private static double exponential(SplittableRandom random, double perSecond) {
        return -Math.log1p(-random.nextDouble()) / perSecond;
    }
}
