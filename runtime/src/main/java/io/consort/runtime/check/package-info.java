/** Checks a checkpoint against what an independent implementation answered for it. */
@NullMarked
package io.consort.runtime.check;

import org.jspecify.annotations.NullMarked;
