package io.consort.service.api.chat;

import io.consort.experts.Catalog;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.FinishReason;
import io.consort.experts.chat.Usage;
import io.consort.service.cascade.Replay;
import java.util.List;
import java.util.stream.Collectors;

/** What the service says itself when no expert fits: what can be asked here. */
final class SelfAnswer {

    private SelfAnswer() {}

    /** The answer for clients of this catalog. */
    static Answer.Streaming of(Catalog catalog) {
        List<AnswerEvent> events =
                List.of(
                        new AnswerEvent.Text(0, text(catalog), List.of()),
                        new AnswerEvent.Finish(0, FinishReason.STOP),
                        new AnswerEvent.Used(new Usage(0, 0)));
        return new Answer.Streaming(new Replay(events));
    }

    private static String text(Catalog catalog) {
        if (catalog.categories().isEmpty()) {
            return "No expert here can answer this.";
        }
        return catalog.categories().stream()
                .map(category -> "- " + category.id() + ": " + category.description())
                .collect(
                        Collectors.joining(
                                "\n",
                                "No expert here can answer this reliably. What can be asked:\n",
                                ""));
    }
}
