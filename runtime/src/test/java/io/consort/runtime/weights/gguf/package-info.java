/** Tests of GGUF files: reading, refusing, and agreeing with the checkpoints they were made of. */
@NullMarked
package io.consort.runtime.weights.gguf;

import org.jspecify.annotations.NullMarked;
