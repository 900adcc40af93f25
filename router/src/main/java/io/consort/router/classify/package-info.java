/** A calibrated classifier over embeddings that knows when a query belongs to no category. */
@NullMarked
package io.consort.router.classify;

import org.jspecify.annotations.NullMarked;
