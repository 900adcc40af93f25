package io.consort.service.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What follows a verb, told apart.
 *
 * @param words what belongs to no option
 * @param values options with a value, by name
 * @param flags options without one
 */
record Arguments(List<String> words, Map<String, String> values, Set<String> flags) {

    Arguments {
        words = List.copyOf(words);
        values = Map.copyOf(values);
        flags = Set.copyOf(flags);
    }

    /**
     * Reads arguments; {@code --name value} and {@code --name=value} mean the same, and what follows
     * {@code --} are words.
     *
     * @param valued names of options with a value, with their dashes
     * @param plain names of options without one
     * @throws UsageException for other options, and for options whose value is missing
     */
    static Arguments parse(List<String> given, Set<String> valued, Set<String> plain) {
        List<String> words = new ArrayList<>();
        Map<String, String> values = new HashMap<>();
        Set<String> flags = new HashSet<>();
        Iterator<String> rest = given.iterator();
        while (rest.hasNext()) {
            String next = rest.next();
            if (next.equals("--")) {
                rest.forEachRemaining(words::add);
            } else if (!next.startsWith("--")) {
                words.add(next);
            } else if (plain.contains(next)) {
                flags.add(next);
            } else {
                int equals = next.indexOf('=');
                String name = equals < 0 ? next : next.substring(0, equals);
                if (!valued.contains(name)) {
                    throw new UsageException(unknown(name, valued, plain));
                }
                if (equals < 0 && !rest.hasNext()) {
                    throw new UsageException("%s needs a value".formatted(name));
                }
                values.put(name, equals < 0 ? rest.next() : next.substring(equals + 1));
            }
        }
        return new Arguments(words, values, flags);
    }

    /** The value of an option. */
    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** Whether an option without a value was given. */
    boolean has(String name) {
        return flags.contains(name);
    }

    private static String unknown(String name, Set<String> valued, Set<String> plain) {
        List<String> known = new ArrayList<>(valued);
        known.addAll(plain);
        return "there is no option %s; did you mean %s?"
                .formatted(name, Spelling.nearest(name, known));
    }
}
