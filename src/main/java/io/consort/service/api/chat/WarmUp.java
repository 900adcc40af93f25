package io.consort.service.api.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consort.experts.PolicySettings;
import io.consort.service.roster.Roster;

/** Takes requests part of the way before the first client comes, who would otherwise wait for the JVM. */
public final class WarmUp {

    private static final int ROUNDS = 100;

    private static final String BODY =
            """
            {"model":"auto","messages":[{"role":"system","content":"Be brief."},
             {"role":"user","content":[{"type":"text","text":"How are you, number #?"}]}],
             "temperature":0.5,"max_tokens":10,"stream":true,"stream_options":{"include_usage":true}}
            """;

    private WarmUp() {}

    /** Reads bodies, and decides about a few of them by every policy; blocks meanwhile. */
    public static void run(Roster roster) {
        for (int round = 0; round < ROUNDS; round++) {
            ChatBody body =
                    ChatBodyReader.read(BODY.replace("#", Integer.toString(round)).getBytes(UTF_8));
            if (round % 20 == 0) {
                for (PolicySettings policy : roster.catalog().policies()) {
                    var _ =
                            roster.router()
                                    .decide(policy, body.request().messages())
                                    .toCompletableFuture()
                                    .join();
                }
            }
        }
    }
}
