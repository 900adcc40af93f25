/** Made-up arrivals played to the memory tiers in simulated time: what policies cost in switches and waiting. */
@NullMarked
package io.consort.runtime.tiers.replay;

import org.jspecify.annotations.NullMarked;
