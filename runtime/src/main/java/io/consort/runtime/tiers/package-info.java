/**
 * Which expert's weights lie where: device memory, pinned host memory, file. The core decides and knows no device; a
 * {@link io.consort.runtime.tiers.Mover} moves bytes. Grouping and prices follow CoServe and GreedyDual-Size (Cao and Irani 1997).
 */
@NullMarked
package io.consort.runtime.tiers;

import org.jspecify.annotations.NullMarked;
