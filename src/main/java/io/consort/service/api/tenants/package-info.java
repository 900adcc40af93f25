/** The admin API of tenants, keys and what is recorded: changes, usage, decisions. */
@NullMarked
package io.consort.service.api.tenants;

import org.jspecify.annotations.NullMarked;
