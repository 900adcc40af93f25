package io.consort.runtime.bench.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** What {@code bench engine} found, as text and as JSON. */
record EngineBenchReport(EngineBenchArguments arguments, LoadResult load, PrefixResult prefix) {

    /** Whether every answer was the one that is given alone. */
    boolean equal() {
        return load.different() == 0 && load.failures() == 0;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                """
                %d streams over %d models, %d threads, %.0f s
                  requests                  %8d
                  tokens                    %8d, %.0f a second
                  gap between tokens        %8.2f ms median, %.1f ms longest: %.1f times the median
                  streams that stalled      %8d (a gap over 10 times their own median)
                  first token               %8.1f ms median, %.1f ms longest
                  prompt tokens from cache  %8.0f %%
                  resident memory           %8d MB at last, %+.1f %% since the first quarter; MB: %s
                  answers that differ       %8d from those given alone
                  answers that failed       %8d
                second prompt with the same first %d tokens
                  first token               %8.1f ms of %.1f ms: %.1f %%
                """,
                load.streams(),
                arguments.models().size(),
                arguments.threads(),
                load.seconds(),
                load.requests(),
                load.tokens(),
                load.tokensPerSecond(),
                load.gapMedian(),
                load.gapLongest(),
                load.stall(),
                load.stalled(),
                load.firstTokenMedian(),
                load.firstTokenLongest(),
                100 * load.cachedShare(),
                load.residentMegabytes().getLast(),
                100 * load.growth(),
                load.residentMegabytes(),
                load.different(),
                load.failures(),
                PrefixRun.PREFIX,
                prefix.second(),
                prefix.first(),
                100 * prefix.share());
    }

    String json() {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        root.put("threads", arguments.threads());
        var models = root.putArray("models");
        arguments.models().forEach(model -> models.add(model.toString()));
        ObjectNode under = root.putObject("load");
        under.put("streams", load.streams())
                .put("seconds", load.seconds())
                .put("requests", load.requests())
                .put("tokens", load.tokens())
                .put("tokens_per_s", load.tokensPerSecond())
                .put("gap_median_ms", load.gapMedian())
                .put("gap_longest_ms", load.gapLongest())
                .put("gap_longest_over_median", load.stall())
                .put("stalled_streams", load.stalled())
                .put("first_token_median_ms", load.firstTokenMedian())
                .put("first_token_longest_ms", load.firstTokenLongest())
                .put("cached_prompt_share", load.cachedShare())
                .put("resident_growth", load.growth())
                .put("different_answers", load.different())
                .put("failed_answers", load.failures());
        var resident = under.putArray("resident_mb");
        load.residentMegabytes().forEach(resident::add);
        root.putObject("prefix")
                .put("tokens", PrefixRun.PREFIX)
                .put("first_ms", prefix.first())
                .put("second_ms", prefix.second())
                .put("second_over_first", prefix.share());
        return root + System.lineSeparator();
    }
}
