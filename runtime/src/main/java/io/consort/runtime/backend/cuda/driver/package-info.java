/** The CUDA driver as small typed resources, each with one owner: JCuda where it serves, java.lang.foreign where it does not. */
@NullMarked
package io.consort.runtime.backend.cuda.driver;

import org.jspecify.annotations.NullMarked;
