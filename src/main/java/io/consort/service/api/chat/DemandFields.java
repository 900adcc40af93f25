package io.consort.service.api.chat;

import io.consort.service.api.ApiException;
import io.consort.service.api.json.BodyReader;
import java.util.Set;

/** The fields of a chat body that only some experts can honour. */
final class DemandFields {

    private final BodyReader in;
    private final Set<String> demands;

    /**
     * Fields of the body that the reader stands in.
     *
     * @param demands takes the names of the fields that ask for something
     */
    DemandFields(BodyReader in, Set<String> demands) {
        this.in = in;
        this.demands = demands;
    }

    /** Reads the value of the field; false, with the value untouched, when it is not one of these. */
    boolean field(String name) {
        boolean demanded;
        switch (name) {
            case "tools" -> demanded = tools();
            case "tool_choice" -> demanded = toolChoice();
            case "functions" -> demanded = listed();
            case "logit_bias", "audio", "prediction" -> demanded = filled();
            case "web_search_options" -> {
                filled();
                demanded = true;
            }
            case "presence_penalty", "frequency_penalty" -> demanded = in.number(-2, 2) != 0;
            case "response_format" -> demanded = !responseFormat().equals("text");
            default -> {
                return false;
            }
        }
        if (demanded) {
            demands.add(name);
        } else {
            demands.remove(name);
        }
        return true;
    }

    private boolean tools() {
        in.beginArray();
        boolean any = false;
        while (in.nextElement()) {
            any = true;
            String path = in.path();
            in.beginObject();
            boolean typed = false;
            while (in.nextField()) {
                switch (in.name()) {
                    case "type" -> typed = !in.string().isEmpty();
                    case "function" -> function();
                    default -> in.skip();
                }
            }
            if (!typed) {
                throw ApiException.missing(
                        path + ".type", "say what kind of tool this is, such as `function`");
            }
        }
        return any;
    }

    private void function() {
        String path = in.path();
        in.beginObject();
        boolean named = false;
        while (in.nextField()) {
            switch (in.name()) {
                case "name" -> named = !in.string().isEmpty();
                default -> in.skip();
            }
        }
        if (!named) {
            throw ApiException.missing(path + ".name", "give the function a name");
        }
    }

    private boolean toolChoice() {
        if (in.isString()) {
            String choice = in.string();
            return !choice.equals("none") && !choice.equals("auto");
        }
        return filled();
    }

    private String responseFormat() {
        String path = in.path();
        in.beginObject();
        String type = "";
        while (in.nextField()) {
            switch (in.name()) {
                case "type" -> type = in.string();
                default -> in.skip();
            }
        }
        if (type.isEmpty()) {
            throw ApiException.missing(
                    path + ".type", "use `text`, `json_object` or `json_schema`");
        }
        return type;
    }

    private boolean listed() {
        in.beginArray();
        boolean any = false;
        while (in.nextElement()) {
            any = true;
            in.skip();
        }
        return any;
    }

    private boolean filled() {
        in.beginObject();
        boolean any = false;
        while (in.nextField()) {
            any = true;
            in.skip();
        }
        return any;
    }
}
