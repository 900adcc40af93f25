package io.consort.experts.remote;

import io.consort.experts.Expert;
import io.consort.experts.GuardSettings;
import io.consort.experts.Price;
import io.consort.experts.chat.ChatExpert;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What hedges and is probed must do what every expert does. */
class HedgedOpenAiContractTest extends OpenAiExpertContractTest {

    private static final GuardSettings SETTINGS =
            new GuardSettings(
                    GuardSettings.DEFAULT.timeout(),
                    GuardSettings.DEFAULT.firstToken(),
                    GuardSettings.DEFAULT.betweenTokens(),
                    GuardSettings.DEFAULT.retries(),
                    GuardSettings.DEFAULT.breaker(),
                    GuardSettings.DEFAULT.concurrency(),
                    true,
                    Optional.of(Duration.ofHours(1)));

    @Override
    ChatExpert expert(URI baseUrl, Vertx on) {
        return RemoteExperts.open(
                new Expert(
                        "hedged",
                        TestExperts.source(baseUrl),
                        OptionalLong.empty(),
                        Price.FREE,
                        SETTINGS),
                on);
    }
}
