package io.consort.service.api.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.consort.experts.Catalog;
import io.consort.experts.Expert;
import io.consort.experts.chat.Answer;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.Cancellation;
import io.consort.experts.chat.ChatCall;
import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.ExpertException;
import io.consort.router.policy.Escalation;
import io.consort.service.api.json.BodyReader;
import io.consort.service.api.json.Json;
import io.consort.service.cascade.Held;
import io.consort.service.cascade.Holding;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.function.Function;

/** One question to ranked experts without HTTP; blocks until the whole answer is there. */
public final class DirectChat {

    private DirectChat() {}

    /** What was answered, and by whom. */
    public record Said(String expert, String text) {}

    /** What the service itself says when no expert fits. */
    public static Said self(Catalog catalog) {
        return new Said(AnswerHeaders.SELF, text(SelfAnswer.of(catalog)));
    }

    /**
     * What an expert answers to a request.
     *
     * @throws CompletionException with an {@link ExpertException} when it does not
     */
    public static String write(ChatExpert expert, String request) {
        return text(expert.open(call(request)).toCompletableFuture().join());
    }

    /**
     * The answer of the first expert that answers, and is confident where that is asked for.
     *
     * @param experts at least one
     * @throws CompletionException with an {@link ExpertException} when none does
     */
    public static Said ask(
            List<Expert> experts,
            Optional<Escalation> escalation,
            Function<Expert, ChatExpert> opener,
            String question) {
        CompletionException last =
                new CompletionException(new IllegalArgumentException("no expert"));
        Optional<Said> unsure = Optional.empty();
        for (Expert expert : experts) {
            try (ChatExpert open = opener.apply(expert)) {
                if (escalation.isEmpty() || expert.equals(experts.getLast())) {
                    Answer answer = open.open(call(question)).toCompletableFuture().join();
                    return new Said(expert.id(), text(answer));
                }
                Held held =
                        Holding.of(open, call(question), escalation.get())
                                .toCompletableFuture()
                                .join();
                Said said = new Said(expert.id(), text(held.answer()));
                if (held.isConfident(escalation.get().confidentAbove())) {
                    return said;
                }
                unsure = Optional.of(said);
            } catch (CompletionException failure) {
                last = failure;
                if (escalation.isEmpty()
                        && failure.getCause() instanceof ExpertException known
                        && !known.kind().fallsBack()) {
                    break;
                }
            }
        }
        if (unsure.isPresent()) {
            return unsure.get();
        }
        throw last;
    }

    private static ChatCall call(String question) {
        byte[] body =
                Json.write(out -> {
                    out.writeStartObject();
                    out.writeStringField("model", "auto");
                    out.writeArrayFieldStart("messages");
                    out.writeStartObject();
                    out.writeStringField("role", "user");
                    out.writeStringField("content", question);
                    out.writeEndObject();
                    out.writeEndArray();
                    out.writeEndObject();
                });
        ChatRequest request = ChatBodyReader.read(body).request();
        return new ChatCall("ask", request, new Cancellation());
    }

    private static String text(Answer answer) {
        return switch (answer) {
            case Answer.Complete(byte[] json, var _) -> content(json);
            case Answer.Streaming(var events) -> {
                Collecting collecting = new Collecting();
                events.subscribe(collecting);
                yield collecting.whole.join();
            }
        };
    }

    /** The text of a whole completion's first choice. */
    private static String content(byte[] json) {
        String text = new String(json, UTF_8);
        try (BodyReader in = BodyReader.of(json)) {
            in.beginBody();
            while (in.nextField()) {
                if (in.name().equals("choices") && in.isArray()) {
                    while (in.nextElement()) {
                        text = message(in, text);
                    }
                } else {
                    in.skip();
                }
            }
        }
        return text;
    }

    private static String message(BodyReader in, String before) {
        String text = before;
        while (in.nextField()) {
            if (in.name().equals("message") && in.isObject()) {
                while (in.nextField()) {
                    if (in.name().equals("content") && in.isString()) {
                        text = in.string();
                    } else {
                        in.skip();
                    }
                }
            } else {
                in.skip();
            }
        }
        return text;
    }

    private static final class Collecting implements Flow.Subscriber<AnswerEvent> {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<String> whole = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(AnswerEvent event) {
            if (event instanceof AnswerEvent.Text piece) {
                text.append(piece.text());
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            whole.complete(text.toString());
        }
    }
}
