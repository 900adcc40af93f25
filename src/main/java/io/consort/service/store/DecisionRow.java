package io.consort.service.store;

import io.consort.experts.chat.Usage;
import java.util.List;
import java.util.Optional;

/**
 * What became of one request.
 *
 * @param id grows with time
 * @param upstreamId the completion's id, where a remote expert chose it
 * @param asked the request's {@code model}
 * @param expert who answered, or was asked last
 * @param overheadMicros from the whole request's arrival to the first call of an expert
 * @param firstMicros from the request's arrival to the first byte for the client
 * @param totalMicros from the request's arrival to the end of the answer
 * @param failures experts that were asked in vain before, in order
 */
public record DecisionRow(
        long id,
        String tenant,
        Optional<String> upstreamId,
        String asked,
        String policy,
        String category,
        double probability,
        double propensity,
        String expert,
        Outcome outcome,
        Optional<Usage> usage,
        double costUsd,
        long overheadMicros,
        long firstMicros,
        long totalMicros,
        List<Failure> failures) {

    /** How a request ended. */
    public enum Outcome {
        /** The whole answer was sent. */
        ANSWERED,
        /** The service said itself that no expert fits. */
        DECLINED,
        /** No expert could answer; the client got an error. */
        FAILED,
        /** The answer broke off after its first byte. */
        BROKEN,
        /** The client left. */
        CANCELLED
    }

    /**
     * An expert that was asked in vain.
     *
     * @param message its first {@value #MESSAGE} characters are kept
     */
    public record Failure(String expert, String kind, String message) {

        static final int MESSAGE = 1_000;

        public Failure {
            message = message.length() <= MESSAGE ? message : message.substring(0, MESSAGE);
        }
    }

    public DecisionRow {
        failures = List.copyOf(failures);
    }
}
