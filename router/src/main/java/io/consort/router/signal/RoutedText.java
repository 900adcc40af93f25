package io.consort.router.signal;

import io.consort.experts.chat.Message;
import java.util.List;

/** Which text of a conversation a query is routed on. */
public final class RoutedText {

    private RoutedText() {}

    /** What the user said last; empty where the user said nothing. */
    public static String of(List<Message> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role().equals("user")) {
                return messages.get(i).content();
            }
        }
        return "";
    }
}
