/** Measurements of a running gateway beside a named peer, on this machine and in one run. */
@NullMarked
package io.consort.service.bench;

import org.jspecify.annotations.NullMarked;
