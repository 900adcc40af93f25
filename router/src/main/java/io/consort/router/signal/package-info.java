/** Facts about a query, computed once and without any decision: the text that it is routed on and its embedding. */
@NullMarked
package io.consort.router.signal;

import org.jspecify.annotations.NullMarked;
