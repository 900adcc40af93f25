/** What operators see of requests: metrics, a line in the log, traces. */
@NullMarked
package io.consort.service.observe;

import org.jspecify.annotations.NullMarked;
