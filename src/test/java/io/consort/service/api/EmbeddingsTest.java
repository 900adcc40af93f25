package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.consort.service.stage.Client.Reply;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class EmbeddingsTest extends OnStage {

    private static final String EMBEDDINGS = "/v1/embeddings";

    @Test
    void textsAreEmbeddedInOrder() {
        Reply both =
                client().post(EMBEDDINGS, "{\"model\":\"auto\",\"input\":[\"rain\",\"cake\"]}");
        Reply one = client().post(EMBEDDINGS, "{\"model\":\"auto\",\"input\":\"cake\"}");
        JsonNode data = both.json().path("data");
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.path(1).path("index").asInt()).isEqualTo(1);
        assertThat(data.path(1).path("embedding").size()).isEqualTo(384);
        assertThat(data.path(1).path("embedding")).isEqualTo(one.json().at("/data/0/embedding"));
    }

    @Test
    void base64HoldsTheSameFloats() {
        Reply floats = client().post(EMBEDDINGS, "{\"model\":\"auto\",\"input\":\"rain\"}");
        Reply base64 =
                client().post(
                                EMBEDDINGS,
                                "{\"model\":\"auto\",\"input\":\"rain\",\"encoding_format\":\"base64\",\"dimensions\":384}");
        ByteBuffer bytes =
                ByteBuffer.wrap(
                                Base64.getDecoder()
                                        .decode(base64.json().at("/data/0/embedding").asText()))
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.remaining()).isEqualTo(384 * 4);
        for (JsonNode value : floats.json().at("/data/0/embedding")) {
            assertThat((double) bytes.getFloat()).isEqualTo(value.asDouble(), within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model           | {\"input\":\"x\"}",
                "input           | {\"model\":\"auto\"}",
                "input           | {\"model\":\"auto\",\"input\":[]}",
                "input           | {\"model\":\"auto\",\"input\":[1,2,3]}",
                "input           | {\"model\":\"auto\",\"input\":[[1,2,3]]}",
                "input           | {\"model\":\"auto\",\"input\":\"\"}",
                "input           | {\"model\":\"auto\",\"input\":5}",
                "encoding_format | {\"model\":\"auto\",\"input\":\"x\",\"encoding_format\":\"hex\"}",
                "dimensions      | {\"model\":\"auto\",\"input\":\"x\",\"dimensions\":256}",
            })
    void whatCannotBeEmbeddedIsNamed(String param, String body) {
        Reply reply = client().post(EMBEDDINGS, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().path("param").asText()).isEqualTo(param);
    }
}
