/** Tests of the CUDA backend. */
@NullMarked
package io.consort.runtime.backend.cuda;

import org.jspecify.annotations.NullMarked;
