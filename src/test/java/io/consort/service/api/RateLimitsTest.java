package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.limit.Exceeded;
import io.consort.service.limit.Holder;
import io.consort.service.limit.Measure;
import io.consort.service.limit.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitsTest {

    @ParameterizedTest
    @CsvSource({"0,0ms", "999,999ms", "1000,1s", "1001,2s", "59000,59s", "60250,1m1s"})
    void timesAreWrittenAsOpenAiDoes(long millis, String text) {
        assertThat(RateLimits.reset(millis)).isEqualTo(text);
    }

    @Test
    void everyMeasureIsSaidInWords() {
        for (Measure measure : Measure.values()) {
            for (Holder holder : Holder.values()) {
                Exceeded exceeded =
                        new Exceeded(holder, "n", measure, 1_500_000_000, 90_000, Standing.NONE);
                assertThat(RateLimits.message(exceeded, "robot"))
                        .contains(holder == Holder.KEY ? "\"robot\"" : "n")
                        .contains("is limited to 1");
                ApiError error = RateLimits.error(exceeded, "robot");
                assertThat(error.status()).isEqualTo(429);
                assertThat(error.retryAfter()).isPresent();
            }
        }
    }

    @Test
    void moneyIsWrittenWithoutZerosThatSayNothing() {
        Exceeded exceeded =
                new Exceeded(Holder.TENANT, "t", Measure.DAY, 20_000_000_000L, 1, Standing.NONE);
        assertThat(RateLimits.message(exceeded, "k")).contains("to 20 USD per day");
    }
}
