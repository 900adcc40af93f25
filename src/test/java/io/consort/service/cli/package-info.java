/** Tests of the command line. */
@NullMarked
package io.consort.service.cli;

import org.jspecify.annotations.NullMarked;
