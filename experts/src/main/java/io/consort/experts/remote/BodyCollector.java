package io.consort.experts.remote;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** Gathers a response's body, up to a limit. */
final class BodyCollector {

    private final Buffer body = Buffer.buffer();
    private final int limit;
    private final boolean cut;
    private final Promise<byte[]> whole = Promise.promise();

    private BodyCollector(int limit, boolean cut) {
        this.limit = limit;
        this.cut = cut;
    }

    /**
     * The body. Must be called before the response's first bytes are handled.
     *
     * @param cut whether a longer body is cut at the limit; otherwise the future fails with {@link
     *     MalformedStreamException}
     */
    static Future<byte[]> collect(HttpClientResponse response, int limit, boolean cut) {
        BodyCollector collector = new BodyCollector(limit, cut);
        response.exceptionHandler(collector.whole::tryFail);
        response.endHandler(_ -> collector.whole.tryComplete(collector.body.getBytes()));
        response.handler(collector::add);
        return collector.whole.future();
    }

    private void add(Buffer bytes) {
        int room = limit - body.length();
        if (bytes.length() <= room) {
            body.appendBuffer(bytes);
        } else if (cut) {
            body.appendBuffer(bytes, 0, room);
        } else {
            whole.tryFail(
                    new MalformedStreamException(
                            "an answer of more than %d bytes".formatted(limit)));
        }
    }
}
