package io.consort.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
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

    /** Decisions that may wait to be written before requests are turned away. */
    @WithDefault("200000")
    int journalLimit();

    /** How providers' keys are kept. */
    Secrets secrets();

    /** What tenants may do. */
    Tenants tenants();

    /** Where decisions, keys and tenants are kept. */
    Database database();

    /** How providers' keys are kept. */
    interface Secrets {

        /**
         * The key that they are encrypted with, 32 bytes in Base64 or hexadecimal digits; the data
         * folder's own where it is not given. Services that share a database share it.
         */
        Optional<String> key();
    }

    /** What tenants may do. */
    interface Tenants {

        /** Folders whose files every tenant's catalog may name. */
        Optional<List<Path>> folders();
    }

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
