package io.consort.service.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {

    private static final String MESSAGES =
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
                    + "HTTP/1.1 204 No Content\r\nserver: s\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "3\r\nabc\r\nB;note=1\r\ndefghijklmn\r\n0\r\nx-trailer: 1\r\n\r\n"
                    + "HTTP/1.1 503 Busy\r\ncontent-length:0\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\nCONTENT-LENGTH:  2\r\n\r\nok";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 1_000})
    void messagesAreCutTheSameWayHoweverTheBytesArrive(int piece) {
        assertThat(read(MESSAGES, piece))
                .containsExactly("200 hello", "204 ", "200 abcdefghijklmn", "503 ", "200 ok");
    }

    @Test
    void numbersInHeadersAreReadWithTheirDecimalPlaces() {
        byte[] head =
                "HTTP/1.1 200 OK\r\nX-Consort-Overhead-Ms: 1.375\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII);
        int at = Head.value(head, head.length, Head.OVERHEAD);

        assertThat(Head.number(head, head.length, at)).isEqualTo(1.375);
        assertThat(Head.value(head, head.length, Head.CONTENT_LENGTH)).isEqualTo(-1);
    }

    private static List<String> read(String text, int piece) {
        List<String> messages = new ArrayList<>();
        MessageReader reader =
                new MessageReader(
                        new MessageReader.Sink() {
                            private final StringBuilder message = new StringBuilder();

                            @Override
                            public void head(byte[] head, int length) {
                                message.append(Head.status(head)).append(' ');
                            }

                            @Override
                            public void body(byte[] bytes, int from, int to) {
                                message.append(
                                        new String(
                                                bytes, from, to - from, StandardCharsets.US_ASCII));
                            }

                            @Override
                            public void end() {
                                messages.add(message.toString());
                                message.setLength(0);
                            }
                        });
        for (int at = 0; at < text.length(); at += piece) {
            byte[] bytes =
                    text.substring(at, Math.min(text.length(), at + piece))
                            .getBytes(StandardCharsets.US_ASCII);
            reader.feed(bytes, bytes.length);
        }
        return messages;
    }
}
