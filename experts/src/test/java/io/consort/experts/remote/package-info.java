/** Remote experts against servers on the loopback interface that behave and misbehave. */
@NullMarked
package io.consort.experts.remote;

import org.jspecify.annotations.NullMarked;
