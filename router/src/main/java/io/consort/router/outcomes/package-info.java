/** Routing policies on recorded outcomes: fitted on one part of an outcome set and judged on the other. */
@NullMarked
package io.consort.router.outcomes;

import org.jspecify.annotations.NullMarked;
