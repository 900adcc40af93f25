package io.consort.service.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What somebody thinks of an answer.
 *
 * @param completionId the completion's or the decision's id, as the client saw it
 */
public record Feedback(
        String tenant,
        String completionId,
        OptionalDouble score,
        Optional<String> label,
        Optional<String> comment,
        Instant at) {}
