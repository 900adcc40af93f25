package io.consort.experts.remote;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;
import io.consort.experts.chat.AnswerEvent;
import io.consort.experts.chat.FinishReason;
import io.consort.experts.chat.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Translates what a LangChain4j model says. Used by one thread at a time. */
final class LangChainEvents implements StreamingChatResponseHandler {

    private final HandOver handOver;
    private final LangChainFailures failures;
    private final Runnable ended;
    private int toolCalls;

    /**
     * @param ended run when nothing more comes
     */
    LangChainEvents(HandOver handOver, LangChainFailures failures, Runnable ended) {
        this.handOver = handOver;
        this.failures = failures;
        this.ended = ended;
    }

    @Override
    public void onPartialResponse(String text) {
        if (!text.isEmpty()) {
            handOver.put(new AnswerEvent.Text(0, text, List.of()));
        }
    }

    @Override
    public void onPartialThinking(PartialThinking thinking) {
        if (!thinking.text().isEmpty()) {
            handOver.put(new AnswerEvent.Reasoning(0, thinking.text()));
        }
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall call) {
        ToolExecutionRequest request = call.toolExecutionRequest();
        int index = toolCalls++;
        String id = request.id() == null ? "call_" + index : request.id();
        String arguments = request.arguments() == null ? "{}" : request.arguments();
        handOver.put(new AnswerEvent.ToolCall(0, index, id, request.name(), arguments));
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        var finish = response.finishReason();
        if (finish == null) {
            handOver.fail(LangChainFailures.endedEarly());
            ended.run();
            return;
        }
        handOver.put(new AnswerEvent.Finish(0, reason(finish)));
        TokenUsage used = response.tokenUsage();
        if (used != null) {
            handOver.put(
                    new AnswerEvent.Used(
                            new Usage(
                                    count(used.inputTokenCount()),
                                    count(used.outputTokenCount()))));
        }
        handOver.end();
        ended.run();
    }

    @Override
    public void onError(Throwable failure) {
        handOver.fail(failures.of(failure));
        ended.run();
    }

    private FinishReason reason(dev.langchain4j.model.output.FinishReason reason) {
        if (toolCalls > 0) {
            return FinishReason.TOOL_CALLS;
        }
        return switch (reason) {
            case STOP, OTHER -> FinishReason.STOP;
            case LENGTH -> FinishReason.LENGTH;
            case TOOL_EXECUTION -> FinishReason.TOOL_CALLS;
            case CONTENT_FILTER -> FinishReason.CONTENT_FILTER;
        };
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? 0 : tokens;
    }
}
