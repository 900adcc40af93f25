package io.consort.experts.remote;

import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ChatExpertContract;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The contract of experts behind HTTP, with one server that answers and one that never ends. */
abstract class RemoteContract extends ChatExpertContract {

    private static @Nullable Vertx vertx;

    private final MisbehavingServer server = MisbehavingServer.playing(this::answer);
    private final MisbehavingServer endless =
            MisbehavingServer.playing((_, wire) -> {
                wire.beginStream();
                begin(wire);
                while (true) {
                    more(wire);
                }
            });
    private final List<ChatExpert> opened = new ArrayList<>();

    /** Plays a brief answer. */
    abstract void answer(MisbehavingServer.Received request, Wire wire) throws IOException;

    /** Sends what comes before the events of an endless stream. */
    void begin(Wire wire) throws IOException {}

    /** Sends one more event of an endless stream. */
    abstract void more(Wire wire) throws IOException;

    /** An expert for a server. */
    abstract ChatExpert expert(URI baseUrl, Vertx on);

    @BeforeAll
    static void openVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void closeVertx() {
        vertx().close().toCompletionStage().toCompletableFuture().join();
    }

    private static Vertx vertx() {
        return Objects.requireNonNull(vertx);
    }

    @AfterEach
    void closeAll() {
        opened.forEach(ChatExpert::close);
        server.close();
        endless.close();
    }

    private ChatExpert open(MisbehavingServer at) {
        ChatExpert expert = expert(at.baseUrl(), vertx());
        opened.add(expert);
        return expert;
    }

    @Override
    protected ChatExpert expert() {
        return open(server);
    }

    @Override
    protected ChatExpert endlessExpert() {
        return open(endless);
    }

    @Override
    protected int working() {
        return server.playing() + endless.playing();
    }

    @Override
    protected long made() {
        return endless.writes();
    }
}
