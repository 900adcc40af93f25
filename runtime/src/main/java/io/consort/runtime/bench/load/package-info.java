/** Measures the engine under load: many streams over several models, and prompts that begin alike. */
@NullMarked
package io.consort.runtime.bench.load;

import org.jspecify.annotations.NullMarked;
