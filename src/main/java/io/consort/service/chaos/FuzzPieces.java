package io.consort.service.chaos;

import java.util.List;

/** What malformed requests are put together from. */
final class FuzzPieces {

    static final List<String> BODIES =
            List.of(
                    "{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"temperature\":0.5,\"n\":2,\"stop\":[\"a\"],\"seed\":7}",
                    "{\"model\":\"consort/default\",\"messages\":[{\"role\":\"system\",\"content\":\"be brief\"},{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"h\\u00fc\"}]}],\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                    "{\"completion_id\":\"dec_x\",\"score\":0.5,\"label\":\"good\",\"comment\":\"c\"}",
                    "{\"model\":\"auto\",\"input\":[\"a\",\"b\"],\"encoding_format\":\"base64\"}",
                    "{\"examples\":[\"one\",\"two\"]}");
    static final List<String> POSTS =
            List.of(
                    "/v1/chat/completions",
                    "/v1/route",
                    "/v1/feedback",
                    "/v1/embeddings",
                    "/admin/v1/categories/fuzz/examples");
    static final List<String> URLS =
            List.of(
                    "/v1/models/%zz",
                    "/v1/models/%",
                    "/v1/models/%00",
                    "/v1/models/%c0%ae%c0%ae/",
                    "/v1/../../etc/passwd",
                    "//v1//models",
                    "/v1/models/..;/admin",
                    "*",
                    "",
                    "v1/models",
                    "http://127.0.0.1:1/v1/models",
                    "http://[::1/v1",
                    "/v1/models?%zz=%zz&=&&&",
                    "/v1/models#fragment",
                    "/v1/models\u00e9",
                    "/v1/models\\..\\",
                    "/q/metrics/%2e%2e/",
                    "/q/health/%2e%2e%2f",
                    "/admin/v1/categories/%2f%2f/examples");
    static final List<String> METHODS =
            List.of(
                    "",
                    "get",
                    "GE T",
                    "G\u0000T",
                    "GET\t",
                    "PATCH",
                    "TRACE",
                    "CONNECT",
                    "OPTIONS",
                    "PRI",
                    "DELETE",
                    "HEAD",
                    "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
                    "G@T",
                    "{",
                    "\u00e9");
    static final List<String> VERSIONS =
            List.of(
                    "HTTP/0.9",
                    "HTTP/1.2",
                    "HTTP/2.0",
                    "HTTP/9.9",
                    "HTTP/",
                    "http/1.1",
                    "HTTP/1.1x",
                    "",
                    "HTP/1.1",
                    "HTTP/1.1 HTTP/1.1",
                    "HTTP/-1.1",
                    "HTTP/1.99999999999999");
    static final List<String> LENGTHS =
            List.of(
                    "-1",
                    "+5",
                    "0x10",
                    "5 5",
                    "5,5",
                    "5;",
                    "99999999999999999999",
                    "1e3",
                    "five",
                    "\u0661",
                    "999999999",
                    "2147483648",
                    "",
                    "5\r\nContent-Length: 6");
    static final List<String> ENCODINGS =
            List.of(
                    "gzip",
                    "chunked, chunked",
                    "xchunked",
                    "chunked\u0000",
                    "identity, chunked",
                    "chunked;q=1",
                    "\"chunked\"",
                    "chunked\r\nTransfer-Encoding: identity");
    static final List<String> CHUNKS =
            List.of(
                    "zz\r\nhello\r\n0\r\n\r\n",
                    "-5\r\nhello\r\n0\r\n\r\n",
                    "5\nhello\n0\n\n",
                    "ffffffffffffffff\r\nhello\r\n",
                    "5\r\nhelloX\r\n0\r\n\r\n",
                    "5;a=" + "b".repeat(9_000) + "\r\nhello\r\n0\r\n\r\n",
                    "5\r\nhello\r\n0\r\nX y: z\r\n\r\n",
                    "\r\n",
                    "0\r\n\r\ngarbage",
                    "5\r\nhel");
    static final List<String> HEADERS =
            List.of(
                    "No-Colon",
                    ": empty",
                    " Folded: yes",
                    "A b: c",
                    "X\u0000: y",
                    "X: a\u0000b",
                    "X: \u0001\u0002",
                    "X:\u00ff\u00fe",
                    "Host: y",
                    "Host:",
                    "\tX: y",
                    "X\u00e9: y",
                    "Content-Encoding: gzip",
                    "Expect: 200-maybe",
                    "Expect: 100-continue",
                    "Connection: close, upgrade",
                    "Upgrade: h2c\r\nHTTP2-Settings: !!",
                    "Upgrade: websocket",
                    "Content-Type: text/\u0000",
                    "Content-Type: multipart/form-data",
                    "Cookie: " + "a=b;".repeat(2_000),
                    "Range: bytes=-1",
                    "Accept-Encoding: \u0000",
                    "X-Forwarded-For: " + "1.1.1.1,".repeat(500),
                    "Origin: null",
                    "Te: trailers, deflate;q=9");
    static final List<String> AUTHORIZATIONS =
            List.of(
                    "",
                    "Bearer",
                    "Bearer ",
                    "Bearer \u0000\u0001",
                    "Basic !!!",
                    "Bearer " + "x".repeat(9_000),
                    "bearer  double",
                    "Bearer a.b.c",
                    "Bearer eyJhbGciOiJub25lIn0.e30.",
                    "Digest x=\"y",
                    "\u00ff",
                    "Bearer x\r\nAuthorization: Bearer y");
    static final Mutations DAMAGES =
            new Mutations(
                    List.of(
                            "null",
                            "-1",
                            "1e999",
                            "99999999999999999999",
                            "[[",
                            "{\"",
                            "\\ud800",
                            "\u0000",
                            "\"",
                            ",",
                            ":",
                            "}",
                            "]",
                            "NaN",
                            "/*",
                            "\r\n",
                            "\n",
                            "%00",
                            "\uFEFF"));

    private FuzzPieces() {}
}
