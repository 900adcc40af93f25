package io.consort.service.cli;

import io.consort.service.store.DataFolder;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** How verbs find the service that they administer, and the key for it. */
final class Administration {

    /** Options that all of these verbs have; each has a value. */
    static final Set<String> OPTIONS = Set.of("--url", "--data", "--key");

    /** What these options mean. */
    static final String HELP =
            """
              --url U        the service, http://127.0.0.1:8080 by default
              --key K        the key to administer with; otherwise CONSORT_KEY, or else the
                             first key in the data folder
              --data DIR     the service's data folder, ~/.consort by default
              --json         prints what the service answers
            """;

    private static final URI USUAL = URI.create("http://127.0.0.1:8080");

    private Administration() {}

    /** A client of the service that is meant. */
    static ServiceClient client(Arguments given) throws AskException {
        URI url = url(given);
        DataFolder data = new DataFolder(Places.data(given.value("--data")));
        String key =
                given.value("--key")
                        .or(() -> Optional.ofNullable(System.getenv("CONSORT_KEY")))
                        .or(data::firstKey)
                        .orElseThrow(() ->
                                new AskException(
                                        "There is no key: name one with --key, or the service's data folder with --data (%s has none)."
                                                .formatted(data.path())));
        return new ServiceClient(url, key);
    }

    private static URI url(Arguments given) {
        try {
            return given.value("--url").map(URI::create).orElse(USUAL);
        } catch (IllegalArgumentException malformed) {
            throw new UsageException("--url needs a URL, as in " + USUAL);
        }
    }
}
