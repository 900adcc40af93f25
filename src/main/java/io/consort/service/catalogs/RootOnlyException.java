package io.consort.service.catalogs;

import java.util.List;

/** Somebody who is not root puts into a catalog what only root may. */
public final class RootOnlyException extends Exception {

    private static final long serialVersionUID = 1L;

    RootOnlyException(List<String> problems) {
        super(String.join("\n", problems), null, false, false);
    }
}
