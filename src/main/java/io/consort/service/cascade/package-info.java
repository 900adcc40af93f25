/** Answers that are held back until it is known how confident they are. */
@NullMarked
package io.consort.service.cascade;

import org.jspecify.annotations.NullMarked;
