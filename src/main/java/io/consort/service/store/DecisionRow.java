package io.consort.service.store;

import io.consort.experts.chat.Usage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of one request.
 *
 * @param id grows with time
 * @param keyId the number of the caller's key; 0 where it was none
 * @param upstreamId the completion's id, where a remote expert chose it
 * @param asked the request's {@code model}
 * @param policyVersion identifies the policy's settings and artefacts
 * @param expert who answered, or was asked last
 * @param usage tokens of the answer
 * @param costUsd of the answer, and of answers that the client did not get
 * @param overheadMicros from the whole request's arrival to the first call of an expert
 * @param firstMicros from the request's arrival to the first byte for the client
 * @param totalMicros from the request's arrival to the end of the answer
 * @param failures experts that were asked in vain before, in order
 */
public record DecisionRow(
        long id,
        String tenant,
        long keyId,
        Optional<String> upstreamId,
        String asked,
        String policy,
        String policyVersion,
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
        CANCELLED;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** The name in small letters, as clients and operators see it. */
        public String label() {
            return label;
        }
    }

    /**
     * An expert that was asked in vain.
     *
     * @param message its first {@value #MESSAGE} characters are kept
     * @param usage tokens that it took, where they are known
     */
    public record Failure(
            String expert, String kind, String message, Optional<Usage> usage, double costUsd) {

        /** The kind of an expert that answered but was not confident. */
        public static final String UNSURE = "UNSURE";

        /** The kind of one of two calls that were made at once, of which the other answered. */
        public static final String HEDGED = "HEDGED";

        /** The kind of an expert that was not asked because of a limit. */
        public static final String LIMITED = "LIMITED";

        static final int MESSAGE = 1_000;

        public Failure {
            message = message.length() <= MESSAGE ? message : message.substring(0, MESSAGE);
        }

        /** An expert that took no tokens. */
        public Failure(String expert, String kind, String message) {
            this(expert, kind, message, Optional.empty(), 0);
        }
    }

    public DecisionRow {
        failures = List.copyOf(failures);
    }
}
