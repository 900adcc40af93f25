/** Tests of nodes that are one service. */
@NullMarked
package io.consort.service.cluster;

import org.jspecify.annotations.NullMarked;
