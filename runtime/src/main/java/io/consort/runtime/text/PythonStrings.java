package io.consort.runtime.text;

import com.hubspot.jinjava.el.JinjavaInterpreterResolver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import org.jspecify.annotations.Nullable;

/** Gives strings and maps in templates the methods that they have in Python. */
final class PythonStrings extends CompositeELResolver {

    PythonStrings() {
        add(JinjavaInterpreterResolver.DEFAULT_RESOLVER_READ_ONLY);
    }

    @Override
    public @Nullable Object invoke(
            ELContext context,
            @Nullable Object base,
            @Nullable Object method,
            Class<?> @Nullable [] types,
            Object @Nullable [] arguments) {
        Object[] given = arguments == null ? new Object[0] : arguments;
        Object result =
                switch (base) {
                    case CharSequence text ->
                            onText(text.toString(), String.valueOf(method), given);
                    case Map<?, ?> map -> onMap(map, String.valueOf(method), given);
                    case null, default -> null;
                };
        if (result != null) {
            context.setPropertyResolved(true);
            return result;
        }
        return super.invoke(context, base, method, types, arguments);
    }

    private static @Nullable Object onText(String text, String method, Object[] arguments) {
        String first = arguments.length > 0 ? String.valueOf(arguments[0]) : "";
        return switch (method) {
            case "strip" -> stripEnd(stripStart(text, first), first);
            case "lstrip" -> stripStart(text, first);
            case "rstrip" -> stripEnd(text, first);
            case "startswith" -> text.startsWith(first);
            case "endswith" -> text.endsWith(first);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "title", "capitalize" ->
                    text.isEmpty()
                            ? text
                            : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
            case "replace" -> text.replace(first, String.valueOf(arguments[1]));
            case "split" -> split(text, first);
            default -> null;
        };
    }

    private static @Nullable Object onMap(Map<?, ?> map, String method, Object[] arguments) {
        return switch (method) {
            case "items" ->
                    map.entrySet().stream()
                            .map(entry -> Arrays.asList(entry.getKey(), entry.getValue()))
                            .toList();
            case "get" -> {
                Object value = map.get(arguments[0]);
                yield value == null && arguments.length > 1 ? arguments[1] : value;
            }
            default -> null;
        };
    }

    private static List<String> split(String text, String separator) {
        return separator.isEmpty()
                ? new ArrayList<>(List.of(text.strip().split("\\s+")))
                : new ArrayList<>(List.of(text.split(Pattern.quote(separator), -1)));
    }

    private static String stripStart(String text, String characters) {
        int start = 0;
        while (start < text.length() && strips(text.charAt(start), characters)) {
            start++;
        }
        return text.substring(start);
    }

    private static String stripEnd(String text, String characters) {
        int end = text.length();
        while (end > 0 && strips(text.charAt(end - 1), characters)) {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean strips(char symbol, String characters) {
        return characters.isEmpty()
                ? Character.isWhitespace(symbol)
                : characters.indexOf(symbol) >= 0;
    }
}
