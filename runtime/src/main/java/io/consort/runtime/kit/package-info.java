/** The kit: a folder with everything that accelerator tests and benchmarks need on a machine that has only an NVIDIA driver. */
@NullMarked
package io.consort.runtime.kit;

import org.jspecify.annotations.NullMarked;
