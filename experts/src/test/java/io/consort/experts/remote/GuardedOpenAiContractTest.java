package io.consort.experts.remote;

import io.consort.experts.Expert;
import io.consort.experts.GuardSettings;
import io.consort.experts.Price;
import io.consort.experts.chat.ChatExpert;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.OptionalLong;

class GuardedOpenAiContractTest extends OpenAiExpertContractTest {

    @Override
    ChatExpert expert(URI baseUrl, Vertx on) {
        return RemoteExperts.open(
                new Expert(
                        "guarded",
                        TestExperts.source(baseUrl),
                        OptionalLong.empty(),
                        Price.FREE,
                        GuardSettings.DEFAULT),
                on);
    }
}
