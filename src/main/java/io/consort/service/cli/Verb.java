package io.consort.service.cli;

import java.util.List;

/** Something that the command line can do. */
interface Verb {

    /** The word that calls it. */
    String name();

    /** What it does, in one line. */
    String summary();

    /** How it is used, ending in a line break. */
    String help();

    /**
     * Does it; blocks meanwhile.
     *
     * @param arguments what follows the verb
     * @return the exit code: 0 only on success
     * @throws UsageException for arguments that make no sense
     */
    int run(List<String> arguments, Terminal terminal);
}
