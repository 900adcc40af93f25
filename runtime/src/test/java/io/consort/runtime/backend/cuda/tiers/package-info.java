/** Tests of weights that move to a CUDA device. */
@NullMarked
package io.consort.runtime.backend.cuda.tiers;

import org.jspecify.annotations.NullMarked;
