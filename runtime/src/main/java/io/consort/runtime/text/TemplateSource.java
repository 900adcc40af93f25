package io.consort.runtime.text;

/** Rewrites what Jinja allows in a template and the template library cannot parse. */
final class TemplateSource {

    /** A slice with a step; templates use no other. */
    private static final String REVERSED = "[::-1]";

    private static final String NAMESPACE = "namespace(";

    private final String source;
    private final StringBuilder rewritten = new StringBuilder();
    private int at;

    private TemplateSource(String source) {
        this.source = source;
    }

    /** The template in the library's dialect. */
    static String adapt(String template) {
        return new TemplateSource(template.replace(REVERSED, "|reverse")).withGroupedArguments();
    }

    /** Puts the values of a namespace's arguments into parentheses: the library ends them too early. */
    private String withGroupedArguments() {
        int call = source.indexOf(NAMESPACE);
        while (call >= 0) {
            copyTo(call + NAMESPACE.length());
            while (at < source.length() && source.charAt(at) != ')') {
                groupArgument();
            }
            call = source.indexOf(NAMESPACE, at);
        }
        copyTo(source.length());
        return rewritten.toString();
    }

    private void groupArgument() {
        int end = argumentEnd();
        int equals = source.indexOf('=', at);
        if (equals >= 0 && equals < end) {
            copyTo(equals + 1);
            rewritten.append('(');
            copyTo(end);
            rewritten.append(')');
        }
        copyTo(source.startsWith(",", end) ? end + 1 : end);
    }

    /** Where the argument at hand ends: at a comma or a parenthesis outside of strings and brackets. */
    private int argumentEnd() {
        int depth = 0;
        char quote = 0;
        for (int i = at; i < source.length(); i++) {
            char symbol = source.charAt(i);
            if (quote != 0) {
                quote = symbol == quote ? 0 : quote;
            } else if (symbol == '\'' || symbol == '"') {
                quote = symbol;
            } else if (symbol == '(' || symbol == '[' || symbol == '{') {
                depth++;
            } else if (depth == 0 && (symbol == ',' || symbol == ')')) {
                return i;
            } else if (symbol == ')' || symbol == ']' || symbol == '}') {
                depth--;
            }
        }
        return source.length();
    }

    private void copyTo(int end) {
        rewritten.append(source, at, end);
        at = end;
    }
}
