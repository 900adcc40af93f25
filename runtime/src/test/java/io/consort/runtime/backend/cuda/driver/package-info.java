/** Tests of the driver's resources. */
@NullMarked
package io.consort.runtime.backend.cuda.driver;

import org.jspecify.annotations.NullMarked;
