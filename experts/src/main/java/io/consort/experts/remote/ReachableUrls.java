package io.consort.experts.remote;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/**
 * Checks URLs for a client that looks names up by itself. Where addresses are closed at all, a name
 * needs TLS: a name that is given another address after the check then leads to a server that cannot
 * prove to have it, and gets no request. Blocks. Thread-safe.
 */
record ReachableUrls(Lookup lookup) {

    /**
     * Does nothing for a URL that may be called.
     *
     * @throws UncheckedIOException otherwise
     */
    void check(String url) {
        if (lookup.reach().equals(Reach.EVERYWHERE)) {
            return;
        }
        URI uri = URI.create(url);
        String host = uri.getHost();
        try {
            if (host == null || !("https".equals(uri.getScheme()) || isLiteral(host))) {
                throw new ClosedAddressException(
                        "the host \"%s\" is called without TLS; use https in `base-url`"
                                .formatted(host));
            }
            lookup.addresses(host);
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    private static boolean isLiteral(String host) {
        return host.startsWith("[")
                || host.chars().allMatch(letter -> letter == '.' || Character.isDigit(letter));
    }
}
