/** How good a router is: on labelled questions, and on the clock. */
@NullMarked
package io.consort.router.evaluate;

import org.jspecify.annotations.NullMarked;
