package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.service.Service;
import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@Timeout(120)
class LimitsTest extends OnStage {

    private static final String KEYS = "/admin/v1/keys";

    @Inject Service running;

    private record Limited(Client client, String id) {}

    @Test
    void aKeyGetsItsRequestsAndIsThenToldWhenToComeBack() {
        Client limited = limited("{\"requests_per_minute\":3}").client();
        for (int left = 2; left >= 0; left--) {
            Reply reply = limited.post(CHAT, Client.chat("plain", "x", ""));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("x-ratelimit-limit-requests")).isEqualTo("3");
            assertThat(reply.header("x-ratelimit-remaining-requests"))
                    .isEqualTo(String.valueOf(left));
            assertThat(reply.header("x-ratelimit-reset-requests")).isIn("1m0s", "1m1s");
            assertThat(reply.header("x-ratelimit-limit-tokens")).isEmpty();
        }
        for (int i = 0; i < 3; i++) {
            Reply refused = limited.post(CHAT, Client.chat("plain", "x", ",\"stream\":true"));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.error().path("code").asText()).isEqualTo("rate_limit_exceeded");
            assertThat(refused.error().path("type").asText()).isEqualTo("rate_limit_error");
            assertThat(refused.error().path("message").asText())
                    .contains("3 requests per minute", "limited");
            assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 61);
            assertThat(refused.header("x-ratelimit-remaining-requests")).isEqualTo("0");
        }
        assertThat(client().post(CHAT, Client.chat("plain", "x", "")).status()).isEqualTo(200);
    }

    @Test
    void aLimitThatIsChangedIsInForceAtOnce() {
        Limited limited = limited("{\"requests_per_minute\":1}");
        assertThat(ask(limited, "plain")).isEqualTo(200);
        assertThat(ask(limited, "plain")).isEqualTo(429);
        assertThat(patch(KEYS + "/" + limited.id(), "{\"requests_per_minute\":2}").status())
                .isEqualTo(200);
        assertThat(ask(limited, "plain")).isEqualTo(200);
        assertThat(ask(limited, "plain")).isEqualTo(429);
        patch(KEYS + "/" + limited.id(), "{}");
        assertThat(ask(limited, "plain")).isEqualTo(200);
    }

    @Test
    void tokensAreTakenByReckoningAndPutRightWhenTheAnswerHasEnded() {
        Client limited = limited("{\"tokens_per_minute\":600}").client();
        Reply first = limited.post(CHAT, Client.chat("plain", "x", ""));
        assertThat(first.status()).isEqualTo(200);
        assertThat(Integer.parseInt(first.header("x-ratelimit-remaining-tokens")))
                .isBetween(300, 340);
        Reply second = limited.post(CHAT, Client.chat("plain", "x", ",\"max_tokens\":500"));
        assertThat(second.status()).isEqualTo(200);
        Reply third = limited.post(CHAT, Client.chat("plain", "x", ",\"max_tokens\":5000"));
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.error().path("message").asText()).contains("600 tokens per minute");
        assertThat(third.header("x-ratelimit-remaining-tokens")).isEqualTo("582");
    }

    @Test
    void soManyAnswersAreGivenAtOnceAndALeftOneNoLongerCounts() throws IOException {
        Limited limited = limited("{\"concurrent\":1}");
        try (SlowSocket socket = new SlowSocket(service)) {
            socket.post(Client.chat("endless", "x", ",\"stream\":true"), limited.client().key());
            assertThat(socket.read(16 * 1024)).contains("200 OK");
            Reply refused = limited.client().post(CHAT, Client.chat("plain", "x", ""));
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.error().path("message").asText()).contains("1 answers at once");
        }
        while (ask(limited, "plain") != 200) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(ask(limited, "plain")).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"rejects,400", "fails,502", "down,502", "nobody,404"})
    void whatFailsFreesItsPlace(String model, int status) {
        Limited limited = limited("{\"concurrent\":1}");
        for (int i = 0; i < 3; i++) {
            assertThat(ask(limited, model)).isEqualTo(status);
        }
        assertThat(ask(limited, "plain")).isEqualTo(200);
    }

    @Test
    void moneyThatIsUsedUpIsAQuotaAndLeavesWhatIsFree() {
        Limited limited = limited("{\"usd_per_day\":0.0006,\"usd_per_month\":0.1}");
        int paid = 0;
        while (paid < 40 && ask(limited, "plain") == 200) {
            paid++;
        }
        assertThat(paid).isBetween(2, 10);
        Reply refused = limited.client().post(CHAT, Client.chat("plain", "x", ""));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error().path("code").asText()).isEqualTo("insufficient_quota");
        assertThat(refused.error().path("message").asText()).contains("0.0006 USD per day");
        assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 86_400);
        assertThat(ask(limited, "free")).isEqualTo(200);
    }

    @Test
    void aPolicyThatSaysSoGoesToACheaperExpert() {
        Limited limited = limited("{\"usd_per_day\":0.0001}");
        String cooking = "How long do I boil an egg?";
        Reply strict = limited.client().post(CHAT, Client.chat("auto", cooking, ""));
        assertThat(strict.status()).isEqualTo(429);
        Reply cheaper = limited.client().post(CHAT, Client.chat("consort/saving", cooking, ""));
        assertThat(cheaper.status()).as(cheaper.body()).isEqualTo(200);
        assertThat(cheaper.header("x-consort-expert")).isEqualTo("thrift");
        assertThat(cheaper.header("x-consort-fallback")).isEqualTo("breaks");
        assertThat(cheaper.header("x-consort-attempts")).isEqualTo("2");
    }

    @Test
    void anExpertHasLimitsOfItsOwnForAllKeysTogether() {
        Client one = limited("{}").client();
        Client other = limited("{}").client();
        List<Integer> statuses =
                List.of(
                        one.post(CHAT, Client.chat("metered", "x", "")).status(),
                        other.post(CHAT, Client.chat("metered", "x", "")).status(),
                        one.post(CHAT, Client.chat("metered", "x", "")).status());
        assertThat(statuses).containsExactly(200, 200, 429);
        Reply refused = other.post(CHAT, Client.chat("metered", "x", ""));
        assertThat(refused.error().path("message").asText())
                .contains("The expert `metered` is limited to 2 requests per minute");
        assertThat(refused.header("x-consort-decision")).startsWith("dec_");
    }

    @Test
    void aTenantIsLimitedWithAllItsKeysAndNoOtherTenantNotices() {
        String path = "/admin/v1/tenants/bounded";
        assertThat(
                        client().post(
                                        "/admin/v1/tenants",
                                        "{\"id\":\"bounded\",\"limits\":{\"requests_per_minute\":2}}")
                                .status())
                .isEqualTo(201);
        Client one = client().withKey(made(path + "/keys", "{}").path("key").asText());
        Client other = client().withKey(made(path + "/keys", "{}").path("key").asText());
        assertThat(one.post(CHAT, Client.chat("x", "x", "")).status()).isEqualTo(404);
        assertThat(other.post(CHAT, Client.chat("x", "x", "")).status()).isEqualTo(404);
        Reply refused = one.post(CHAT, Client.chat("x", "x", ""));
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.error().path("message").asText()).contains("The tenant \"bounded\"");
        assertThat(client().post(CHAT, Client.chat("plain", "x", "")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"requests_per_minute\":0} | requests_per_minute | between 1 and",
                "{\"usd_per_day\":-1} | usd_per_day | between 0",
                "{\"concurrent\":\"many\"} | concurrent | an integer",
                "{\"requests\":1} | limits.requests | it has requests_per_minute"
            })
    void limitsThatMakeNoSenseAreExplained(String limits, String param, String said) {
        Reply refused = client().post(KEYS, "{\"name\":\"odd\",\"limits\":%s}".formatted(limits));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error().path("param").asText()).isEqualTo(param);
        assertThat(refused.error().path("message").asText()).contains(said);
    }

    @Test
    void nobodyStaysInsideWhenAllIsAnswered() throws IOException {
        try (SlowSocket socket = new SlowSocket(service)) {
            socket.post(Client.chat("endless", "x", ",\"stream\":true"));
            assertThat(socket.read(16 * 1024)).contains("200 OK");
            assertThat(running.doors().inside()).isPositive();
        }
        assertThat(client().post(CHAT, "{}").status()).isEqualTo(400);
        assertThat(client().get("/v1/models").status()).isEqualTo(200);
        while (running.doors().inside() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private static int ask(Limited limited, String model) {
        return limited.client().post(CHAT, Client.chat(model, "x", "")).status();
    }

    private Limited limited(String limits) {
        JsonNode made = made(KEYS, limits);
        return new Limited(client().withKey(made.path("key").asText()), made.path("id").asText());
    }

    private JsonNode made(String path, String limits) {
        Reply made = client().post(path, "{\"name\":\"limited\",\"limits\":%s}".formatted(limits));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json();
    }

    private Reply patch(String path, String limits) {
        return client().send(
                        client().to(path)
                                .header("Content-Type", "application/json")
                                .method(
                                        "PATCH",
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"limits\":%s}".formatted(limits))));
    }
}
