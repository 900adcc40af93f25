package io.consort.service;

import io.consort.service.store.Role;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

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

    /** Time that a request's body may take to come. */
    @WithDefault("60s")
    Duration bodyTime();

    /** Characters of a request's path and query at most. */
    @WithDefault("8192")
    int urlLimit();

    /** Characters of a request's headers at most. */
    @WithDefault("16384")
    int headerLimit();

    /** Requests in service at most; 0 for as many as the heap has room for. */
    @WithDefault("0")
    int maxRequests();

    /**
     * Time from the order to stop, at which readiness goes down, until new requests are turned away:
     * what a proxy needs to notice.
     */
    @WithDefault("10ms")
    Duration shutdownNotice();

    /** Decisions that may wait to be written before requests are turned away. */
    @WithDefault("200000")
    int journalLimit();

    /** What experts may do. */
    Experts experts();

    /** What the administration's API is reached by. */
    Admin admin();

    /** Whose bearer tokens are taken besides keys. */
    Oidc oidc();

    /** The line that is written for each chat request. */
    RequestLog requestLog();

    /** Traces of chat requests. */
    Traces traces();

    /** Whether metrics are shown on the port of the chat API to whoever asks, without a key. */
    @WithDefault("false")
    boolean metricsOpen();

    /** Pairs of tenant and expert that metrics tell apart at most. */
    @WithDefault("200")
    int metricPairs();

    /**
     * The secret that is hashed with every key, 32 bytes in Base64 or hexadecimal digits; the data
     * folder's own where it is not given. Services that share a database share it.
     */
    Optional<String> pepper();

    /** How providers' keys are kept. */
    Secrets secrets();

    /** What tenants may do. */
    Tenants tenants();

    /** Where decisions, keys and tenants are kept. */
    Database database();

    /** Nodes that share the database, as one service. */
    Cluster cluster();

    /** What experts may do. */
    interface Experts {

        /**
         * Networks besides the public internet that experts of tenants may be in; those of the first
         * tenant may be anywhere.
         */
        Optional<List<String>> allowedNetworks();
    }

    /** What the administration's API is reached by. */
    interface Admin {

        /** Whether there is one at all. */
        @WithDefault("true")
        boolean enabled();

        /** The port that it has for itself; without one it shares that of the chat API. */
        OptionalInt port();

        /** Whether it has a port for itself. */
        default boolean isApart() {
            return enabled() && port().isPresent();
        }
    }

    /** An issuer of bearer tokens; tokens are not taken unless it is named. */
    interface Oidc {

        /** The issuer, as its tokens name it. */
        Optional<URI> issuer();

        /** The audience that tokens must be meant for. */
        Optional<String> audience();

        /** Where its keys are, when it has no discovery document. */
        Optional<URI> jwks();

        /** The tenant of every token, instead of a claim. */
        Optional<String> tenant();

        /** The claim that names the tenant. */
        @WithDefault("tenant")
        String tenantClaim();

        /** The claim whose values stand for roles. */
        @WithDefault("roles")
        String roleClaim();

        /** What its values stand for: {@code chat}, {@code admin} or {@code root}. */
        Map<String, Role> roles();

        /** By how much the issuer's clock may differ. */
        @WithDefault("60s")
        Duration clockSkew();
    }

    /** The line that is written for each chat request. */
    interface RequestLog {

        /** Its form; as the other lines of the log where it is not given. */
        Optional<Format> format();

        /** The file that it is added to, instead of the standard output. */
        Optional<Path> file();

        /** How lines look. */
        enum Format {
            /** No lines. */
            OFF,
            /** Names and values. */
            TEXT,
            /** A JSON object. */
            JSON
        }
    }

    /** Traces of chat requests; there are none unless it is said where they go. */
    interface Traces {

        /** The collector, which speaks OTLP over HTTP. */
        Optional<URI> endpoint();

        /** Share of requests that are traced when their callers do not say. */
        @WithDefault("1.0")
        double share();
    }

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

    /** Nodes that share the database, as one service. */
    interface Cluster {

        /** Whether this node is one of a cluster. */
        @WithDefault("false")
        boolean enabled();

        /** The cluster's name; nodes with another name are left alone. */
        @WithDefault("consort")
        String name();

        /** Addresses of nodes, as {@code host} or {@code host:port}. */
        Optional<List<String>> members();

        /** The DNS name of a headless Kubernetes service whose pods are the nodes. */
        Optional<String> kubernetes();

        /** The address, or a pattern such as {@code 10.1.*.*}, that this node listens on for others. */
        @WithName("interface")
        @WithDefault("127.0.0.1")
        String network();

        /** The port that it listens on for others. */
        @WithDefault("5701")
        int port();
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
