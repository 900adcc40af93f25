package io.consort.runtime.text;

import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The functions that Hugging Face's templates call besides Jinja's own. */
final class TemplateFunctions {

    /** A template does not accept the conversation. */
    static final class Refusal extends RuntimeException {
        Refusal(String reason) {
            super(reason, null, false, false);
        }
    }

    private TemplateFunctions() {}

    static void register(Context context) {
        context.registerFunction(
                new ELFunctionDefinition(
                        "", "raise_exception", TemplateFunctions.class, "refuse", String.class));
        context.registerFunction(
                new ELFunctionDefinition(
                        "", "strftime_now", TemplateFunctions.class, "now", String.class));
    }

    /** Called by templates as {@code raise_exception}. */
    @SuppressWarnings("DoNotCallSuggester") // Templates call it by name.
    public static String refuse(String reason) {
        throw new Refusal(reason);
    }

    /** Called by templates as {@code strftime_now}, with the fields of dates that they use. */
    public static String now(String format) {
        String pattern =
                format.replace("%d", "dd")
                        .replace("%b", "MMM")
                        .replace("%B", "MMMM")
                        .replace("%Y", "yyyy")
                        .replace("%m", "MM")
                        .replace("%A", "EEEE")
                        .replace("%H", "HH")
                        .replace("%M", "mm");
        return LocalDateTime.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    }
}
