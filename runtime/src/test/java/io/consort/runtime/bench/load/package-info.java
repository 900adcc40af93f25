/** Tests of the engine's benchmark. */
@NullMarked
package io.consort.runtime.bench.load;

import org.jspecify.annotations.NullMarked;
