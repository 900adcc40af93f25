/** Limits, against a plain model of them. */
@NullMarked
package io.consort.service.limit;

import org.jspecify.annotations.NullMarked;
