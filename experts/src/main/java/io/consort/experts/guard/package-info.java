/**
 * What stands between callers and an expert that may fail.
 *
 * <p>The circuit breaker is SmallRye Fault Tolerance's, one unnamed guard per expert, around the
 * whole life of an attempt: it decides on the caller's thread and counts on the thread on which the
 * answer ends. The other strategies are small and our own, because SmallRye's do not fit a stream
 * on an event loop: its timeouts and retries wait on a timer thread of its own and go on upon a pool
 * of its own, its waits cannot depend on the call's time that is left, and its bulkhead and timeout
 * end when a stream has been opened. Here all waiting is done by {@link
 * io.consort.experts.guard.Timers}, so that a call stays on the event loop that it was made on.
 */
@NullMarked
package io.consort.experts.guard;

import org.jspecify.annotations.NullMarked;
