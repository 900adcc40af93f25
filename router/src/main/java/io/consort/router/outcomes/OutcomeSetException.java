package io.consort.router.outcomes;

import java.io.IOException;

/** A folder is not an outcome set; the message names the file, the line and the remedy. */
public final class OutcomeSetException extends IOException {

    private static final long serialVersionUID = 1L;

    OutcomeSetException(String message) {
        super(message);
    }
}
