/**
 * How much a key, a tenant and an expert may take: requests and tokens per minute, answers at once,
 * money per day and month. Counts what is taken, and knows nothing of HTTP, databases or clusters.
 */
@NullMarked
package io.consort.service.limit;

import org.jspecify.annotations.NullMarked;
