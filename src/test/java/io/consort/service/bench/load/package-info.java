/** Tests of the load generator and the stub. */
@NullMarked
package io.consort.service.bench.load;

import org.jspecify.annotations.NullMarked;
