package io.consort.experts.remote;

import java.io.IOException;

/** A server's host is at an address that experts may not be called at. */
final class ClosedAddressException extends IOException {

    private static final long serialVersionUID = 1L;

    ClosedAddressException(String message) {
        super(message);
    }
}
