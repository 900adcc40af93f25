/** The laws that the modules keep, each also run on a fixture that breaks it. */
@NullMarked
package io.consort.architecture;

import org.jspecify.annotations.NullMarked;
