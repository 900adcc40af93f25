/** What a device offers to the architectures: weights, scratch rows, the cache of keys and values, and operations on them. */
@NullMarked
package io.consort.runtime.backend;

import org.jspecify.annotations.NullMarked;
