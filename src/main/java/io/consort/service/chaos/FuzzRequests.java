package io.consort.service.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Malformed requests of many kinds, the same ones for the same seed. The kinds take turns. Not
 * thread-safe.
 */
final class FuzzRequests {

    private final String key;
    private final RandomGenerator random;
    private final Map<String, Kind> kinds = new TreeMap<>();
    private final List<String> order;
    private int next;

    /** Makes a malformed request of one kind. */
    @FunctionalInterface
    private interface Kind {
        FuzzRequest make();
    }

    /**
     * Requests that show this key, so that they get past the door.
     *
     * @param seed fixes which requests they are
     */
    FuzzRequests(String key, long seed) {
        this.key = key;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        kinds.put(
                "authorization",
                () -> get("/v1/models", "Authorization: " + any(FuzzPieces.AUTHORIZATIONS)));
        kinds.put("body", this::damagedBody);
        kinds.put(
                "body cut",
                () -> cut(body(any(FuzzPieces.POSTS), any(FuzzPieces.BODIES).getBytes(UTF_8))));
        kinds.put("bytes", this::anyBytes);
        kinds.put("chunks", () -> chunked("chunked", any(FuzzPieces.CHUNKS)));
        kinds.put("content length", () -> length(any(FuzzPieces.LENGTHS), any(FuzzPieces.BODIES)));
        kinds.put("depth", this::deep);
        kinds.put("encoding", () -> chunked(any(FuzzPieces.ENCODINGS), "5\r\nhello\r\n0\r\n\r\n"));
        kinds.put("head", () -> request(FuzzPieces.DAMAGES.of(plain("/v1/models"), random), false));
        kinds.put("head cut", () -> cut(plain("/v1/models")));
        kinds.put("header", () -> get("/v1/models", bearer() + "\r\n" + any(FuzzPieces.HEADERS)));
        kinds.put("headers", this::manyHeaders);
        kinds.put("length and chunks", this::ambiguous);
        kinds.put("line ends", this::lineEnds);
        kinds.put("method", () -> line(any(FuzzPieces.METHODS), "/v1/models", "HTTP/1.1"));
        kinds.put("pipeline", this::pipeline);
        kinds.put("tls", this::tls);
        kinds.put("url", () -> line("GET", any(FuzzPieces.URLS), "HTTP/1.1"));
        kinds.put(
                "url length",
                () -> line("GET", "/v1/" + "x".repeat(random.nextInt(50_000)), "HTTP/1.1"));
        kinds.put("version", () -> line("GET", "/v1/models", any(FuzzPieces.VERSIONS)));
        order = List.copyOf(kinds.keySet());
    }

    /** How many kinds there are. */
    int kinds() {
        return order.size();
    }

    /** The next request. */
    FuzzRequest next() {
        String kind = order.get(next++ % order.size());
        FuzzRequest made = kinds.getOrDefault(kind, this::anyBytes).make();
        return new FuzzRequest(kind, made.bytes(), made.whole());
    }

    private FuzzRequest damagedBody() {
        byte[] damaged = FuzzPieces.DAMAGES.of(any(FuzzPieces.BODIES).getBytes(UTF_8), random);
        return request(body(any(FuzzPieces.POSTS), damaged), true);
    }

    private FuzzRequest anyBytes() {
        byte[] bytes = new byte[1 + random.nextInt(600)];
        random.nextBytes(bytes);
        return request(bytes, false);
    }

    private FuzzRequest length(String length, String body) {
        return request(
                head(
                                "POST",
                                any(FuzzPieces.POSTS),
                                "HTTP/1.1",
                                bearer() + "\r\nContent-Length: " + length)
                        + body,
                false);
    }

    private FuzzRequest chunked(String encoding, String chunks) {
        return request(
                head(
                                "POST",
                                any(FuzzPieces.POSTS),
                                "HTTP/1.1",
                                bearer() + "\r\nTransfer-Encoding: " + encoding)
                        + chunks,
                false);
    }

    private FuzzRequest ambiguous() {
        return request(
                head(
                                "POST",
                                any(FuzzPieces.POSTS),
                                "HTTP/1.1",
                                bearer() + "\r\nContent-Length: 6\r\nTransfer-Encoding: chunked")
                        + "0\r\n\r\nGET /admin/v1/router HTTP/1.1\r\nHost: x\r\n\r\n",
                false);
    }

    private FuzzRequest deep() {
        String open = random.nextBoolean() ? "[" : "{\"a\":";
        String body = "{\"model\":\"auto\",\"messages\":" + open.repeat(50 + random.nextInt(5_000));
        return request(body(any(FuzzPieces.POSTS), body.getBytes(UTF_8)), true);
    }

    private FuzzRequest manyHeaders() {
        StringBuilder headers = new StringBuilder(bearer());
        int count = random.nextInt(3_000);
        for (int i = 0; i < count; i++) {
            headers.append("\r\nX-").append(i).append(": ").append(i * 31);
        }
        return get("/v1/models", headers.toString());
    }

    private FuzzRequest lineEnds() {
        String end = any(List.of("\n", "\r", "\n\r", "\r\r\n", "\u0085"));
        return request(head("GET", "/v1/models", "HTTP/1.1", bearer()).replace("\r\n", end), false);
    }

    private FuzzRequest pipeline() {
        byte[] first = plain("/v1/models");
        byte[] second = FuzzPieces.DAMAGES.of(plain("/v1/route"), random);
        byte[] both = new byte[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return request(both, false);
    }

    /** The beginning of a TLS handshake, which is no HTTP. */
    private FuzzRequest tls() {
        byte[] hello = new byte[64 + random.nextInt(200)];
        random.nextBytes(hello);
        byte[] start = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 252, 3, 3};
        System.arraycopy(start, 0, hello, 0, start.length);
        return request(hello, false);
    }

    private FuzzRequest cut(byte[] whole) {
        byte[] part = Arrays.copyOf(whole, random.nextInt(whole.length));
        return request(part, false);
    }

    private FuzzRequest line(String method, String url, String version) {
        return request(head(method, url, version, bearer()), false);
    }

    private FuzzRequest get(String url, String headers) {
        return request(head("GET", url, "HTTP/1.1", headers), false);
    }

    private byte[] plain(String url) {
        return head("GET", url, "HTTP/1.1", bearer()).getBytes(ISO_8859_1);
    }

    private byte[] body(String url, byte[] body) {
        String headers =
                "%s\r\nContent-Type: application/json\r\nContent-Length: %d"
                        .formatted(bearer(), body.length);
        byte[] head = head("POST", url, "HTTP/1.1", headers).getBytes(ISO_8859_1);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static String head(String method, String url, String version, String headers) {
        return "%s %s %s\r\nHost: x\r\n%s\r\n\r\n".formatted(method, url, version, headers);
    }

    private String bearer() {
        return "Authorization: Bearer " + key;
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    private static FuzzRequest request(String text, boolean whole) {
        return request(text.getBytes(ISO_8859_1), whole);
    }

    private static FuzzRequest request(byte[] bytes, boolean whole) {
        return new FuzzRequest("", bytes, whole);
    }
}
