/** Tests of what outlives the process. */
@NullMarked
package io.consort.service.store;

import org.jspecify.annotations.NullMarked;
