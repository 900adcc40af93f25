package io.consort.service.cli;

import java.io.PrintStream;

/**
 * Where a verb writes.
 *
 * @param out what was asked for
 * @param err progress and complaints
 */
record Terminal(PrintStream out, PrintStream err) {}
