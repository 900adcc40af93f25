/** Tests of the memory tiers. */
@NullMarked
package io.consort.runtime.tiers;

import org.jspecify.annotations.NullMarked;
