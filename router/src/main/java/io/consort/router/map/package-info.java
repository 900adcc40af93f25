/** Which expert answers which category: the map with the highest expected score under budgets, found exactly. */
@NullMarked
package io.consort.router.map;

import org.jspecify.annotations.NullMarked;
