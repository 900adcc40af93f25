/** Measures how fast models run, as a share of how fast their weights can be read in the same run. */
@NullMarked
package io.consort.runtime.bench;

import org.jspecify.annotations.NullMarked;
