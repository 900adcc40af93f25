/** Tests of replays. */
@NullMarked
package io.consort.runtime.tiers.replay;

import org.jspecify.annotations.NullMarked;
