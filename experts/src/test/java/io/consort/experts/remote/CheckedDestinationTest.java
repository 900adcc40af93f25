package io.consort.experts.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.consort.experts.ExpertSource;
import io.consort.experts.GuardSettings;
import io.consort.experts.Secret;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.ChatRequests;
import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.ExpertException.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.http.RequestOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Experts whose addresses are checked when they are connected to. */
@Timeout(60)
class CheckedDestinationTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Reach LOOPBACK = InetAddress::isLoopbackAddress;
    private static final Reach OUTSIDE = address -> !address.isLoopbackAddress();

    private final AtomicLong now = new AtomicLong(1);

    @AfterAll
    static void closeVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aConnectionGoesToTheAddressThatWasChecked() {
        try (var server = answering()) {
            OpenAiExpert expert = expert(server, LOOPBACK, _ -> addresses("127.0.0.1"));
            assertThat(answer(expert)).isInstanceOf(Answer.Complete.class);
            assertThat(server.received().getFirst().headers())
                    .containsEntry("host", "model.example:" + server.baseUrl().getPort());
            expert.close();
        }
    }

    @Test
    void aHostAtAClosedAddressIsNotConnectedTo() {
        try (var server = answering()) {
            OpenAiExpert expert = expert(server, OUTSIDE, _ -> addresses("127.0.0.1"));
            ExpertException failure = failure(expert);
            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure)
                    .hasMessageContaining("model.example")
                    .hasMessageContaining("base-url");
            assertThat(failure.getMessage()).doesNotContain("127.0.0.1");
            assertThat(server.received()).isEmpty();
            expert.close();
        }
    }

    @Test
    void oneClosedAddressAmongOpenOnesClosesTheHost() {
        try (var server = answering()) {
            OpenAiExpert expert = expert(server, OUTSIDE, _ -> addresses("8.8.8.8", "127.0.0.1"));
            assertThat(failure(expert).kind()).isEqualTo(Kind.UNREACHABLE);
            expert.close();
        }
    }

    @Test
    void aNameThatIsGivenAnotherAddressAfterTheCheckLeadsNowhereElse() {
        List<String> lookups = new ArrayList<>();
        try (var server = answering()) {
            OpenAiExpert expert =
                    expert(
                            server,
                            LOOPBACK,
                            host -> {
                                lookups.add(host);
                                return lookups.size() == 1
                                        ? addresses("127.0.0.1")
                                        : addresses("169.254.169.254");
                            });
            answer(expert);
            answer(expert);
            assertThat(lookups).containsExactly("model.example");
            now.addAndGet(TimeUnit.MINUTES.toNanos(1));
            assertThat(failure(expert).kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(server.received()).hasSize(2);
            expert.close();
        }
    }

    @Test
    void anAddressIsKeptWhileItIsOneOfTheServers() {
        List<String> lookups = new ArrayList<>();
        CheckedDestination destination =
                new CheckedDestination(
                        new RequestOptions().setHost("model.example").setPort(80),
                        new Lookup(
                                Reach.EVERYWHERE,
                                host -> {
                                    lookups.add(host);
                                    return lookups.size() == 1
                                            ? addresses("8.8.8.8", "9.9.9.9")
                                            : addresses("9.9.9.9", "8.8.8.8");
                                }),
                        now::get);
        RequestOptions first = destination.find().toCompletableFuture().join();
        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
        assertThat(destination.known()).isNull();
        assertThat(destination.find().toCompletableFuture().join()).isSameAs(first);
        assertThat(destination.known()).isSameAs(first);
        assertThat(lookups).hasSize(2);
    }

    @Test
    void anUnknownHostIsUnreachable() {
        try (var server = answering()) {
            OpenAiExpert expert =
                    expert(
                            server,
                            LOOPBACK,
                            host -> {
                                throw new UnknownHostException(host);
                            });
            assertThat(failure(expert).kind()).isEqualTo(Kind.UNREACHABLE);
            expert.close();
        }
    }

    @Test
    void aClientThatLooksNamesUpByItselfNeedsTlsForThem() {
        ReachableUrls urls = new ReachableUrls(new Lookup(OUTSIDE, _ -> addresses("8.8.8.8")));
        urls.check("https://model.example/v1");
        urls.check("http://8.8.8.8/v1");
        assertThatThrownBy(() -> urls.check("http://model.example/v1"))
                .hasMessageContaining("use https");
        ReachableUrls inside = new ReachableUrls(new Lookup(OUTSIDE, _ -> addresses("127.0.0.1")));
        assertThatThrownBy(() -> inside.check("https://model.example/v1"))
                .hasMessageContaining("may not be called");
        new ReachableUrls(Lookup.of(Reach.EVERYWHERE)).check("http://model.example/v1");
    }

    @Test
    void secretsThatAServerRepeatsAreTakenOut() {
        try (var server =
                MisbehavingServer.playing((_, wire) ->
                        wire.respond(
                                "400 X",
                                "content-type: application/json\r\n",
                                "{\"error\":{\"message\":\"no sk-secret-1 for tok-header-2\"}}"))) {
            ExpertSource.OpenAi source =
                    new ExpertSource.OpenAi(
                            server.baseUrl(),
                            Optional.of(new Secret("sk-secret-1")),
                            "m",
                            true,
                            Map.of("x-token", new Secret("tok-header-2")));
            OpenAiExpert expert = TestExperts.openAi(source, VERTX);
            ExpertException failure = failure(expert);
            assertThat(failure.getMessage()).contains("no *** for ***");
            assertThat(failure.upstreamBody().orElseThrow()).asString().doesNotContain("secret");
            assertThat(source.toString()).contains("x-token").doesNotContain("tok-header-2");
            expert.close();
        }
    }

    private OpenAiExpert expert(MisbehavingServer server, Reach reach, Lookup.Names names) {
        ExpertSource.OpenAi source =
                TestExperts.source(
                        URI.create(
                                "http://model.example:%d/v1"
                                        .formatted(server.baseUrl().getPort())));
        return new OpenAiExpert(
                "tested",
                source,
                VERTX,
                RemoteExperts.httpClient(VERTX, GuardSettings.DEFAULT),
                InstantSource.system(),
                new CheckedDestination(
                        OpenAiExpert.options(source), new Lookup(reach, names), now::get));
    }

    private static MisbehavingServer answering() {
        return MisbehavingServer.playing(
                (_, wire) -> wire.json(Recorded.text("openai-whole.json")));
    }

    private static Answer answer(OpenAiExpert expert) {
        return expert.open(ChatRequests.call(ChatRequests.asking("Hi", false)))
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }

    private static ExpertException failure(OpenAiExpert expert) {
        try {
            throw new AssertionError("opened " + answer(expert));
        } catch (CompletionException failed) {
            return (ExpertException) Objects.requireNonNull(failed.getCause());
        }
    }

    private static InetAddress[] addresses(String... literals) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.ofLiteral(literals[i]);
        }
        return addresses;
    }
}
