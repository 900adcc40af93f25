/** Tests of what faults of a cluster are made and judged with. */
@NullMarked
package io.consort.service.chaos.cluster;

import org.jspecify.annotations.NullMarked;
