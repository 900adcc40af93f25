package io.consort.service.cli;

import io.consort.runtime.check.CheckModel;
import java.util.List;

/** {@code consort check-model}: compares a checkpoint with its golden figures. */
final class CheckModelVerb implements Verb {

    @Override
    public String name() {
        return "check-model";
    }

    @Override
    public String summary() {
        return "compares a checkpoint with the golden figures beside it";
    }

    @Override
    public String help() {
        return """
        consort check-model DIR|FILE.gguf [--backend cpu|cuda] [--json]

        Runs the checkpoint on the inputs of the golden.safetensors beside it and
        prints the largest deviations, and whether greedy decoding agrees. The exit code
        is 0 only at parity.
        """;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        return CheckModel.run(arguments, terminal.out(), terminal.err());
    }
}
