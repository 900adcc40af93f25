package io.consort.service.api;

import com.fasterxml.jackson.core.JsonGenerator;
import io.consort.router.signal.Embedder;
import io.consort.service.api.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers {@code POST /v1/embeddings} with the router's embedder. */
final class EmbeddingsEndpoint {

    private final Embedder embedder;

    EmbeddingsEndpoint(Embedder embedder) {
        this.embedder = embedder;
    }

    /** Embeds every text of the request. */
    void handle(Call call) {
        EmbeddingsBody body = EmbeddingsBody.read(call.body(), embedder.dimension());
        List<float[]> vectors = new ArrayList<>(body.texts().size());
        CompletionStage<List<float[]>> all = CompletableFuture.completedStage(vectors);
        for (String text : body.texts()) {
            all =
                    all.thenCompose(done -> embedder.embed(text))
                            .thenApply(vector -> {
                                vectors.add(vector);
                                return vectors;
                            });
        }
        Pending.await(call, all, done -> reply(call, body, done));
    }

    private void reply(Call call, EmbeddingsBody body, List<float[]> vectors) {
        Replies.send(
                call.http(),
                Json.write(out -> {
                    out.writeStartObject();
                    out.writeStringField("object", "list");
                    out.writeArrayFieldStart("data");
                    for (int i = 0; i < vectors.size(); i++) {
                        write(out, i, vectors.get(i), body.base64());
                    }
                    out.writeEndArray();
                    out.writeStringField("model", embedder.id());
                    usage(out, body.texts());
                    out.writeEndObject();
                }));
    }

    private static void write(JsonGenerator out, int index, float[] vector, boolean base64)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("object", "embedding");
        out.writeNumberField("index", index);
        if (base64) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(vector);
            out.writeStringField("embedding", Base64.getEncoder().encodeToString(bytes.array()));
        } else {
            out.writeArrayFieldStart("embedding");
            for (float value : vector) {
                out.writeNumber(value);
            }
            out.writeEndArray();
        }
        out.writeEndObject();
    }

    /** The embedder does not tell its tokens, so words stand for them. */
    private static void usage(JsonGenerator out, List<String> texts) throws IOException {
        long words = texts.stream().mapToLong(text -> text.strip().split("\\s+").length).sum();
        out.writeObjectFieldStart("usage");
        out.writeNumberField("prompt_tokens", words);
        out.writeNumberField("total_tokens", words);
        out.writeEndObject();
    }
}
