package io.consort.service.cluster;

import java.util.List;

/** How other nodes have seen experts do. Thread-safe. */
@FunctionalInterface
public interface Neighbours {

    /** There are no other nodes. */
    Neighbours NONE = (_, _) -> List.of();

    /** What other nodes said lately of a tenant's expert, by their names. */
    List<NodeHealth> of(String tenant, String expert);
}
