package io.consort.service.api.chat;

import io.consort.service.store.DecisionRow.Outcome;

/** Told once how an exchange ended, before the last byte is sent. */
@FunctionalInterface
interface Recorder {

    void record(Exchange exchange, Outcome outcome);
}
