/** Decides which expert answers a query: signals, then a classification, then a policy's decision. */
@NullMarked
package io.consort.router;

import org.jspecify.annotations.NullMarked;
