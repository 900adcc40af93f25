/** Tests of the engine package. */
@NullMarked
package io.consort.runtime.engine;

import org.jspecify.annotations.NullMarked;
