package io.consort.service.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.consort.service.stage.Client;
import io.consort.service.stage.Client.Reply;
import io.consort.service.stage.Stage;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ValidationTest extends OnStage {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "temperature       | 2.1",
                "temperature       | \"hot\"",
                "top_p             | -0.1",
                "n                 | 0",
                "n                 | 129",
                "n                 | 1.5",
                "max_tokens        | 0",
                "max_completion_tokens | \"5\"",
                "stream            | \"yes\"",
                "stream_options    | {\"include_usage\":true}",
                "stop              | [\"a\",\"b\",\"c\",\"d\",\"e\"]",
                "stop              | 5",
                "stop[1]           | [\"a\",7]",
                "seed              | 123456789012345678901234567890",
                "logprobs          | 1",
                "top_logprobs      | 3",
                "top_logprobs      | 21",
                "presence_penalty  | -2.5",
                "frequency_penalty | []",
                "logit_bias        | []",
                "tools             | {}",
                "tools[0].type     | [{}]",
                "tools[0].function.name | [{\"type\":\"function\",\"function\":{}}]",
                "response_format.type | {}",
                "response_format   | \"json\"",
            })
    void aFieldThatCannotBeAcceptedIsNamed(String param, String value) {
        String field = param.split("[\\[.]", 2)[0];
        Reply reply =
                client().post(
                                CHAT,
                                Client.chat("plain", "x", ",\"%s\":%s".formatted(field, value)));
        requireParam(reply, param);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "messages                   | \"hello\"",
                "messages                   | []",
                "messages[0]                | [5]",
                "messages[0].role           | [{\"content\":\"x\"}]",
                "messages[0].role           | [{\"role\":\"robot\",\"content\":\"x\"}]",
                "messages[1].content        | [{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"user\"}]",
                "messages[0].content        | [{\"role\":\"user\",\"content\":5}]",
                "messages[0].content        | [{\"role\":\"user\",\"content\":null}]",
                "messages[0].content[0].type | [{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}]",
                "messages[0].content[1].text | [{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"},{\"type\":\"text\"}]}]",
                "messages[0].content[0].text | [{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":[]}]}]",
                "messages[0].tool_call_id   | [{\"role\":\"tool\",\"content\":\"x\"}]",
                "messages[0].tool_calls     | [{\"role\":\"assistant\",\"tool_calls\":\"x\"}]",
            })
    void aMessageThatCannotBeAcceptedIsNamed(String param, String messages) {
        Reply reply =
                client().post(CHAT, "{\"model\":\"plain\",\"messages\":%s}".formatted(messages));
        requireParam(reply, param);
    }

    @Test
    void missingFieldsAreNamed() {
        requireParam(client().post(CHAT, "{\"messages\":[]}"), "messages");
        requireParam(client().post(CHAT, "{\"model\":\"plain\"}"), "messages");
        requireParam(
                client().post(CHAT, "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"),
                "model");
        requireParam(client().post(CHAT, "{\"model\":5,\"messages\":[]}"), "model");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"plain\"       | line 1, column",
                "{\"model\":\"plain\",}     | line 1, column",
                "[]                         | an array",
                "\"hello\"                  | a string",
                "{} {}                      | follows",
                "{\"model\": NaN}           | line 1, column",
            })
    void aBodyThatIsNoJsonObjectSaysWhere(String body, String hint) {
        Reply reply = client().post(CHAT, body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().path("code").asText()).isEqualTo("invalid_json");
        assertThat(reply.error().path("message").asText()).contains(hint);
    }

    @Test
    void anEmptyBodyIsRefused() {
        assertThat(client().post(CHAT, "").status()).isEqualTo(400);
    }

    @Test
    void brokenUtf8IsRefused() {
        byte[] body =
                Client.chat("plain", "?", "")
                        .replace('?', 'ÿ')
                        .getBytes(StandardCharsets.ISO_8859_1);
        assertThat(client().post(CHAT, body).status()).isEqualTo(400);
    }

    @Test
    void nestingBeyondTheLimitIsRefused() {
        String deep = ",\"metadata\":" + "[".repeat(150) + "]".repeat(150);
        Reply reply = client().post(CHAT, Client.chat("plain", "x", deep));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().path("message").asText()).contains("100");
    }

    @Test
    void aMessageOf200KilobytesIsAnswered() {
        Reply reply = client().post(CHAT, Client.chat("plain", "word ".repeat(40_000), ""));
        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void ofFieldsGivenTwiceTheLastCounts() {
        Reply reply = client().post(CHAT, Client.chat("nobody", "x", ",\"model\":\"plain\""));
        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void fieldsThatAreNullCountAsLeftOut() {
        Reply reply =
                client().post(
                                CHAT,
                                Client.chat(
                                        "plain",
                                        "x",
                                        ",\"temperature\":null,\"stop\":null,\"tools\":null,\"n\":null"));
        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void unknownFieldsReachTheExpertUntouched() {
        client().post(CHAT, Client.chat("plain", "x", ",\"x_new\":{\"a\":[1.50,\"ü\"]}"));
        assertThat(Stage.upstream().body("plain")).contains("\"x_new\":{\"a\":[1.50,\"ü\"]}");
    }

    private static void requireParam(Reply reply, String param) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.error().path("param").asText()).isEqualTo(param);
        assertThat(reply.error().path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(reply.error().path("message").asText()).contains("`");
    }
}
