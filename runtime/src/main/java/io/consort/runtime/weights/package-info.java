/** Checkpoint files: safetensors, mapped into memory and checked before a byte of them is used. */
@NullMarked
package io.consort.runtime.weights;

import org.jspecify.annotations.NullMarked;
