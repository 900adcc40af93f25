/** Tenants at work: each one's open experts and router, replaced at once and closed when unused. */
@NullMarked
package io.consort.service.tenant;

import org.jspecify.annotations.NullMarked;
