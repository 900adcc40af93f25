package io.consort.runtime.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What {@code check-model} is asked to do.
 *
 * @param backend the name of what runs the model
 */
record CheckArguments(Path folder, String backend, boolean json) {

    static CheckArguments parse(List<String> args) {
        boolean json = false;
        String backend = Backends.CPU;
        List<String> folders = new ArrayList<>();
        Iterator<String> rest = args.iterator();
        while (rest.hasNext()) {
            String arg = rest.next();
            if (arg.equals("--json")) {
                json = true;
            } else if (arg.equals("--backend")) {
                backend = rest.hasNext() ? rest.next() : "";
            } else if (arg.startsWith("--backend=")) {
                backend = arg.substring("--backend=".length());
            } else if (arg.startsWith("-")) {
                throw new IllegalArgumentException(
                        "unknown option `%s`; see --help".formatted(arg));
            } else {
                folders.add(arg);
            }
        }
        if (folders.size() != 1) {
            throw new IllegalArgumentException(
                    "give one checkpoint folder or GGUF file; see --help");
        }
        return new CheckArguments(Path.of(folders.getFirst()), Backends.require(backend), json);
    }
}
