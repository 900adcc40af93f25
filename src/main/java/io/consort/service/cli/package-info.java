/** The command line: one class per verb. */
@NullMarked
package io.consort.service.cli;

import org.jspecify.annotations.NullMarked;
