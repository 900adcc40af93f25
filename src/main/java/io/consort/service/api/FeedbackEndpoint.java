package io.consort.service.api;

import io.consort.service.api.json.BodyReader;
import io.consort.service.api.json.Json;
import io.consort.service.store.Feedback;
import io.consort.service.store.Journal;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalDouble;

/** Answers {@code POST /v1/feedback}: joins what somebody thinks of an answer to its decision. */
final class FeedbackEndpoint {

    private static final int LABEL = 200;
    private static final int COMMENT = 10_000;

    private final Journal journal;
    private final Clock clock;

    FeedbackEndpoint(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** Keeps the feedback, or says that there is no such completion. */
    void handle(Call call) {
        Feedback feedback = read(call);
        Pending.await(call, journal.record(feedback), found -> reply(call, feedback, found));
    }

    private static void reply(Call call, Feedback feedback, boolean found) {
        if (!found) {
            throw new ApiException(
                    new ApiError(
                            404,
                            ApiError.INVALID_REQUEST,
                            "There is no completion \"%s\"; send the `id` of an answer or its"
                                            .formatted(feedback.completionId())
                                    + " x-consort-decision header.",
                            Optional.of("completion_id"),
                            Optional.of("completion_not_found"),
                            Optional.empty()));
        }
        Replies.send(
                call.http(),
                Json.write(out -> {
                    out.writeStartObject();
                    out.writeStringField("object", "consort.feedback");
                    out.writeStringField("completion_id", feedback.completionId());
                    out.writeEndObject();
                }));
    }

    private Feedback read(Call call) {
        String completion = "";
        OptionalDouble score = OptionalDouble.empty();
        Optional<String> label = Optional.empty();
        Optional<String> comment = Optional.empty();
        try (BodyReader in = BodyReader.of(call.body())) {
            in.beginBody();
            while (in.nextField()) {
                if (in.isNull()) {
                    continue;
                }
                switch (in.name()) {
                    case "completion_id" -> completion = in.string(200);
                    case "score" -> score = OptionalDouble.of(in.number(0, 1));
                    case "label" -> label = Optional.of(in.string(LABEL));
                    case "comment" -> comment = Optional.of(in.string(COMMENT));
                    default -> in.skip();
                }
            }
            in.endBody();
        }
        if (completion.isEmpty()) {
            throw ApiException.missing("completion_id", "send the `id` of the answer");
        }
        if (score.isEmpty() && label.isEmpty()) {
            throw ApiException.missing("score", "send a score from 0 to 1, or a `label`");
        }
        return new Feedback(
                call.caller().tenant(), completion, score, label, comment, clock.instant());
    }
}
