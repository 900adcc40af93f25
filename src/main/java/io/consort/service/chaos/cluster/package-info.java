/** Does to three nodes under load what happens to nodes, and compares their books with what clients saw. */
@NullMarked
package io.consort.service.chaos.cluster;

import org.jspecify.annotations.NullMarked;
