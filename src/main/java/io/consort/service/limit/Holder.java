package io.consort.service.limit;

/** Who is limited. */
public enum Holder {
    /** A key of a tenant. */
    KEY,
    /** A tenant, with all its keys. */
    TENANT,
    /** An expert of a tenant. */
    EXPERT
}
