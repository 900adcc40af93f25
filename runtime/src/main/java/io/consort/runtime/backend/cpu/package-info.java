/** The CPU backend, written with the JDK's Vector API: the reference that other backends are checked against. */
@NullMarked
package io.consort.runtime.backend.cpu;

import org.jspecify.annotations.NullMarked;
