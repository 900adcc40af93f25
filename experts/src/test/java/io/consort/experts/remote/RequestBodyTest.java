package io.consort.experts.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestBodyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"auto\",\"a\":1} | false | {\"model\":\"m\\\"x\",\"a\":1}",
                "{\"a\":1} | false | {\"model\":\"m\\\"x\",\"a\":1}",
                "{} | false | {\"model\":\"m\\\"x\"}",
                "{} | true | {\"model\":\"m\\\"x\",\"stream_options\":{\"include_usage\":true}}",
                "{\"model\":1,\"model\":2} | false | {\"model\":\"m\\\"x\",\"model\":\"m\\\"x\"}",
                "{\"m\\u006fdel\":null} | false | {\"m\\u006fdel\":\"m\\\"x\"}",
                "{\"a\":{\"model\":1}} | false | {\"model\":\"m\\\"x\",\"a\":{\"model\":1}}",
                "{\"model\":0} | true | {\"stream_options\":{\"include_usage\":true},\"model\":\"m\\\"x\"}",
                "{\"stream_options\":null,\"model\":0} | true | {\"stream_options\":{\"include_usage\":true},\"model\":\"m\\\"x\"}",
                "{\"stream_options\":{},\"model\":0} | true | {\"stream_options\":{\"include_usage\":true},\"model\":\"m\\\"x\"}",
                "{\"model\":0,\"stream_options\":{\"b\":2}} | true | {\"model\":\"m\\\"x\",\"stream_options\":{\"include_usage\":true,\"b\":2}}",
                "{\"model\":0,\"stream_options\":{\"include_usage\":false}} | true | {\"model\":\"m\\\"x\",\"stream_options\":{\"include_usage\":true}}",
                "{\"model\":0,\"stream_options\":{\"b\":2}} | false | {\"model\":\"m\\\"x\",\"stream_options\":{\"b\":2}}"
            })
    void onlyTheModelAndTheRequestForUsageChange(String client, boolean ask, String server) {
        byte[] body = new RequestBody("m\"x").from(client.getBytes(UTF_8), ask);
        assertThat(new String(body, UTF_8)).isEqualTo(server);
    }
}
