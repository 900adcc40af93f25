package io.consort.service.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What the stub says, ready to be sent. The buffers belong to the loop's thread. */
final class StubAnswers {

    static final ByteBuffer COMPLETION =
            direct(
                    withLength(
                            """
                            {"id":"chatcmpl-stub","object":"chat.completion","created":1700000000,\
                            "model":"stub","choices":[{"index":0,"message":{"role":"assistant",\
                            "content":"The answer is 85, as a short calculation shows."},\
                            "logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":21,\
                            "completion_tokens":12,"total_tokens":33}}\
                            """));

    static final ByteBuffer STREAM_HEAD =
            direct(
                    """
                    HTTP/1.1 200 OK\r
                    content-type: text/event-stream\r
                    transfer-encoding: chunked\r
                    \r
                    """);

    static final ByteBuffer PIECE =
            direct(
                    chunk(
                            event(
                                    """
                                    {"id":"chatcmpl-stub","object":"chat.completion.chunk",\
                                    "created":1700000000,"model":"stub","choices":[{"index":0,\
                                    "delta":{"content":" word"},"finish_reason":null}]}\
                                    """)));

    static final ByteBuffer STREAM_END =
            direct(
                    chunk(
                                    event(
                                                    """
                                                    {"id":"chatcmpl-stub",\
                                                    "object":"chat.completion.chunk",\
                                                    "created":1700000000,"model":"stub",\
                                                    "choices":[{"index":0,"delta":{},\
                                                    "finish_reason":"stop"}]}\
                                                    """)
                                            + event("[DONE]"))
                            + "0\r\n\r\n");

    private StubAnswers() {}

    private static String withLength(String json) {
        return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"
                .formatted(json.length(), json);
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }

    private static String chunk(String content) {
        return Integer.toHexString(content.length()) + "\r\n" + content + "\r\n";
    }

    private static ByteBuffer direct(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
