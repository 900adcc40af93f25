/** Weights on a CUDA device, in pinned memory and in files: what carries out the decisions of the memory tiers. */
@NullMarked
package io.consort.runtime.backend.cuda.tiers;

import org.jspecify.annotations.NullMarked;
