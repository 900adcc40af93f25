/** Tests of answers that are held back. */
@NullMarked
package io.consort.service.cascade;

import org.jspecify.annotations.NullMarked;
