package io.consort.service.api.chat;

import io.consort.experts.chat.Message;
import io.consort.service.api.ApiException;
import io.consort.service.api.json.BodyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the conversation of a chat body. */
final class MessagesReader {

    private final BodyReader in;
    private final Set<String> demands;

    /**
     * The conversation that the reader stands at.
     *
     * @param demands takes the paths of parts that are not text
     */
    MessagesReader(BodyReader in, Set<String> demands) {
        this.in = in;
        this.demands = demands;
    }

    /** The messages, at least one. */
    List<Message> read() {
        in.beginArray();
        List<Message> messages = new ArrayList<>();
        while (in.nextElement()) {
            messages.add(new MessageReader(in, demands).read());
        }
        if (messages.isEmpty()) {
            throw ApiException.invalid(
                    "messages", "`messages` is empty; send at least one message.");
        }
        return messages;
    }
}
