/**
 * Makes many answers at once on one device: admission, continuous batching (Yu et al., "Orca", 2022)
 * with chunked prefill (Agrawal et al., "Sarathi", 2023), paged keys and values (Kwon et al., 2023),
 * sampling.
 */
@NullMarked
package io.consort.runtime.engine;

import org.jspecify.annotations.NullMarked;
