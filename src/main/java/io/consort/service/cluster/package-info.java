/**
 * Nodes that share a database, as one service: they ring each other's bell, share out limits, and know
 * how experts do elsewhere. Everything here may fall silent at any time; then each node goes on alone.
 */
@NullMarked
package io.consort.service.cluster;

import org.jspecify.annotations.NullMarked;
