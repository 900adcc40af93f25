/** The CUDA backend: why it is on or off, and what it runs. */
@NullMarked
package io.consort.runtime.backend.cuda;

import org.jspecify.annotations.NullMarked;
