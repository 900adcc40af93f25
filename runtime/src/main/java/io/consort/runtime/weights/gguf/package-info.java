/** GGUF, the single-file format of llama.cpp: little-endian metadata, then aligned tensors. */
@NullMarked
package io.consort.runtime.weights.gguf;

import org.jspecify.annotations.NullMarked;
