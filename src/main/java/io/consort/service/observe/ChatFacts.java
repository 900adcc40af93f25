package io.consort.service.observe;

import io.consort.service.store.DecisionRow;
import io.consort.service.store.Principal;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a chat request that has ended.
 *
 * @param row as it is recorded
 * @param caller who asked
 * @param streamed whether the client asked for a stream
 * @param laterAttempts microseconds from the request's arrival at which the experts after the first
 *     were asked
 * @param providers who answers for an expert, by its id, in the words of OpenTelemetry
 * @param headers the request's headers, by their names
 */
public record ChatFacts(
        DecisionRow row,
        Principal caller,
        boolean streamed,
        List<Long> laterAttempts,
        UnaryOperator<String> providers,
        Function<String, @Nullable String> headers) {}
