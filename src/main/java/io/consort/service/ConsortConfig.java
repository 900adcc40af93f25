package io.consort.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** What can be set. */
@ConfigMapping(prefix = "consort")
public interface ConsortConfig {

    /** The folder that holds everything the service keeps. */
    Path data();

    /** The catalog's file; the shipped one where it is not given. */
    Optional<Path> catalog();

    /** The folder with what ships with the service, such as the starter experts. */
    Optional<Path> home();

    /** Whether to say on the standard output how the service is used. */
    @WithDefault("false")
    boolean greet();

    /** Bytes of a request's body at most. */
    @WithDefault("10485760")
    int bodyLimit();

    /** Requests in service at most; 0 for as many as the heap has room for. */
    @WithDefault("0")
    int maxRequests();

    /** Decisions that may wait to be written before requests are turned away. */
    @WithDefault("200000")
    int journalLimit();

    /** Where decisions, keys and tenants are kept. */
    Database database();

    /** The database. */
    interface Database {

        /** Its JDBC URL: H2 or PostgreSQL. */
        String url();

        /** Who connects. */
        Optional<String> user();

        /** The secret of who connects. */
        Optional<String> password();
    }
}
