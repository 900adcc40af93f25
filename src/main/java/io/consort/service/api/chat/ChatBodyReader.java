package io.consort.service.api.chat;

import io.consort.experts.chat.ChatRequest;
import io.consort.experts.chat.Message;
import io.consort.service.api.ApiException;
import io.consort.service.api.json.BodyReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads and checks a chat body in one pass. Fields that it does not know are passed over. */
public final class ChatBodyReader {

    private final byte[] body;
    private final BodyReader in;
    private final Set<String> demands = new LinkedHashSet<>();
    private final SamplingFields sampling;
    private final DemandFields demanding;
    private String model = "";
    private List<Message> messages = List.of();
    private boolean messagesGiven;
    private boolean stream;
    private boolean streamOptions;
    private boolean includeUsage;
    private int choices = 1;

    private ChatBodyReader(byte[] body, BodyReader in) {
        this.body = body;
        this.in = in;
        this.sampling = new SamplingFields(in);
        this.demanding = new DemandFields(in, demands);
    }

    /**
     * The request that a body describes.
     *
     * @param body becomes the request's and must not be changed afterwards
     * @throws ApiException naming the field that is missing, mistyped or out of range
     */
    public static ChatBody read(byte[] body) {
        try (BodyReader in = BodyReader.of(body)) {
            return new ChatBodyReader(body, in).read();
        }
    }

    private ChatBody read() {
        in.beginBody();
        while (in.nextField()) {
            String name = in.name();
            if (!in.isNull() && !field(name) && !sampling.field(name) && !demanding.field(name)) {
                in.skip();
            }
        }
        in.endBody();
        require("model", !model.isEmpty(), "name an expert, a policy or `auto`");
        require("messages", messagesGiven, "send the conversation");
        if (streamOptions && !stream) {
            throw ApiException.invalid(
                    "stream_options", "`stream_options` is only allowed when `stream` is true.");
        }
        return new ChatBody(
                model,
                new ChatRequest(
                        messages,
                        sampling.complete(),
                        stream,
                        includeUsage,
                        choices,
                        demands,
                        body));
    }

    private boolean field(String name) {
        switch (name) {
            case "model" -> model = in.string();
            case "messages" -> {
                messages = new MessagesReader(in, demands).read();
                messagesGiven = true;
            }
            case "stream" -> stream = in.bool();
            case "stream_options" -> streamOptions();
            case "n" -> choices = (int) in.integer(1, 128);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void streamOptions() {
        in.beginObject();
        streamOptions = true;
        includeUsage = false;
        while (in.nextField()) {
            if (in.name().equals("include_usage") && !in.isNull()) {
                includeUsage = in.bool();
            } else {
                in.skip();
            }
        }
    }

    private static void require(String field, boolean given, String remedy) {
        if (!given) {
            throw ApiException.missing(field, remedy);
        }
    }
}
