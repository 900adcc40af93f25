package io.consort.service.cli;

import io.consort.runtime.kit.GpuKit;
import java.nio.file.Path;
import java.util.List;

/** {@code consort gpu-kit}: writes what accelerator tests need on another machine. */
final class GpuKitVerb implements Verb {

    @Override
    public String name() {
        return "gpu-kit";
    }

    @Override
    public String summary() {
        return "writes what accelerator tests and benchmarks need on another machine";
    }

    @Override
    public String help() {
        return """
        consort gpu-kit DIR

        Writes a folder of at most 55 MiB with a Java machine, the runtime, its kernels and
        its accelerator tests. It runs on Linux x86-64 with nothing but an NVIDIA driver:
        DIR/run test, DIR/run bench, DIR/run check-model, DIR/run probe.
        """;
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        Path root = Path.of(System.getProperty("consort.home", "."));
        return GpuKit.run(arguments, root, terminal.out(), terminal.err());
    }
}
