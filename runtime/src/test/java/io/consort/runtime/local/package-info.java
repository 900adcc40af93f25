/** Tests of the local package. */
@NullMarked
package io.consort.runtime.local;

import org.jspecify.annotations.NullMarked;
