/** Tests of teaching the router. */
@NullMarked
package io.consort.service.training;

import org.jspecify.annotations.NullMarked;
