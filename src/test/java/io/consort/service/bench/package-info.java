/** Tests of the measurements' own machinery; they measure nothing. */
@NullMarked
package io.consort.service.bench;

import org.jspecify.annotations.NullMarked;
