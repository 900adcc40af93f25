package io.consort.experts.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(new Latencies().quantile(0.95)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aQuantileIsNeverBelowTheExactOneNorAnEighthAboveIt(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 50; round++) {
            Latencies latencies = new Latencies();
            long[] sample = new long[1 + random.nextInt(500)];
            for (int i = 0; i < sample.length; i++) {
                sample[i] = (long) (100_000 * Math.exp(random.nextDouble() * 12));
                latencies.add(sample[i]);
            }
            Arrays.sort(sample);
            for (double share : new double[] {0.5, 0.95, 1}) {
                long exact = sample[(int) Math.ceil(share * sample.length) - 1];
                assertThat(latencies.quantile(share).orElseThrow().toNanos())
                        .isBetween(exact, exact + exact / 8 + 1);
            }
        }
    }

    @Test
    void whatLiesFarBackIsForgotten() {
        Latencies latencies = new Latencies();
        for (int i = 0; i < 512; i++) {
            latencies.add(Duration.ofSeconds(10).toNanos());
        }
        for (int i = 0; i < 1025; i++) {
            latencies.add(Duration.ofMillis(1).toNanos());
        }
        assertThat(latencies.quantile(1).orElseThrow()).isLessThan(Duration.ofMillis(2));
    }

    @Test
    void timesOutsideTheBucketsCountAsTheNearest() {
        Latencies latencies = new Latencies();
        latencies.add(0);
        latencies.add(-5);
        latencies.add(Long.MAX_VALUE);
        assertThat(latencies.quantile(0.5).orElseThrow()).isLessThan(Duration.ofMillis(1));
        assertThat(latencies.quantile(1).orElseThrow()).isGreaterThan(Duration.ofMinutes(15));
    }
}
