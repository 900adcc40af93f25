/** Tests of the kit. */
@NullMarked
package io.consort.runtime.kit;

import org.jspecify.annotations.NullMarked;
