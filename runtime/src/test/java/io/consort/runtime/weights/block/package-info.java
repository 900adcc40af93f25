/** Tests of the storage formats of weights. */
@NullMarked
package io.consort.runtime.weights.block;

import org.jspecify.annotations.NullMarked;
