package io.consort.service.api.tenants;

import io.consort.service.store.Audit;
import io.consort.service.store.Decisions;
import io.consort.service.store.KeyTable;
import io.consort.service.store.Tenants;
import io.consort.service.store.Usages;
import io.consort.service.tenant.Bell;

/**
 * What these endpoints read and change; everything stays the caller's.
 *
 * @param bell rung after every change
 */
public record Books(
        Tenants tenants,
        KeyTable keys,
        Audit audit,
        Usages usages,
        Decisions decisions,
        Bell bell) {}
