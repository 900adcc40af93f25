package io.consort.service.cli;

/** Somebody who answers questions. */
@FunctionalInterface
interface Answering {

    /**
     * Answers; blocks meanwhile.
     *
     * @param model as in a chat request
     */
    Spoken ask(String question, String model) throws AskException;
}
