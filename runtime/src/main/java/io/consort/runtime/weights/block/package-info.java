/**
 * How weights are stored: plain numbers, or blocks of small integers with shared scales as llama.cpp's
 * GGUF files have them. Everything here is scalar and the specification of the fast kernels.
 */
@NullMarked
package io.consort.runtime.weights.block;

import org.jspecify.annotations.NullMarked;
