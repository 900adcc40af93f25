package io.consort.service.chaos.cluster;

import java.io.IOException;

/** A PostgreSQL server that nodes share. */
public interface DatabaseServer extends AutoCloseable {

    /** How its database is reached; the same after it was stopped and started. */
    DatabaseAccess access();

    /** Whether it may be stopped; otherwise nodes are cut off from it instead. */
    boolean isOurs();

    /** Stops it; only one of our own. */
    void stop() throws IOException, InterruptedException;

    /** Starts it again; blocks until it answers. */
    void start() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
