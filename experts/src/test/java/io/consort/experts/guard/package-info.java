/** Guards around scripted experts, with a clock that the tests turn. */
@NullMarked
package io.consort.experts.guard;

import org.jspecify.annotations.NullMarked;
