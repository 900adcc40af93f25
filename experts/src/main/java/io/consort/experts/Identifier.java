package io.consort.experts;

import java.util.regex.Pattern;

/** The form that ids of experts, categories and policies share. */
public final class Identifier {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,62}");

    private Identifier() {}

    /**
     * The id itself when its form is right.
     *
     * @param field what the id belongs to, for the message
     * @throws IllegalArgumentException naming the field and the allowed form
     */
    public static String check(String field, String id) {
        if (FORM.matcher(id).matches()) {
            return id;
        }
        throw new IllegalArgumentException(
                "`%s` is \"%s\"; use 1 to 63 letters, digits or . _ : - and begin with a letter or digit"
                        .formatted(field, id));
    }
}
