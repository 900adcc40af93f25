/** A load generator and a stub of a chat server that share one thread, so that both fit on one core. */
@NullMarked
package io.consort.service.bench.load;

import org.jspecify.annotations.NullMarked;
