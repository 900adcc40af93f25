package io.consort.runtime.kit;

import io.consort.runtime.backend.cuda.KernelImage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The command {@code gpu-kit}: writes a kit. */
public final class GpuKit {

    private static final String USAGE =
            """
            usage: consort gpu-kit DIR

            Writes a kit into DIR, which is empty, missing or an earlier kit: what accelerator tests,
            benchmarks and checks need on a Linux x86-64 machine that has only an NVIDIA driver, in
            at most 55 MiB. DIR/run --help says what it can do. Tokenizers and chat templates are
            left out: it works on token ids.

            Exit code: 0 when the kit is complete, 2 otherwise.
            """;

    private GpuKit() {}

    /**
     * Runs the command.
     *
     * @param args what follows the command's name
     * @param root of the source tree
     * @param out receives the kit's size
     * @param err receives progress and what went wrong
     * @return the exit code: 0 when the kit is complete
     */
    public static int run(List<String> args, Path root, PrintStream out, PrintStream err) {
        if (args.contains("--help") || args.contains("-h")) {
            out.print(USAGE);
            return 0;
        }
        try {
            if (args.size() != 1 || args.getFirst().startsWith("-")) {
                throw new KitException("give one folder; see --help");
            }
            Path folder = Path.of(args.getFirst()).toAbsolutePath().normalize();
            err.println("gpu-kit: linking a Java machine and packing libraries");
            long bytes = new KitWriter(KitContents.ofSourceTree(root), folder).write();
            if (KernelImage.find().isEmpty()) {
                err.println(
                        "gpu-kit: this build holds no kernels, because nvcc was missing; the kit's driver tests run, the backend does not");
            }
            out.println("%s: %.1f MiB".formatted(folder, bytes / 1048576.0));
            return 0;
        } catch (InvalidPathException failure) {
            err.println("gpu-kit: `DIR` is not a path: " + failure.getMessage());
        } catch (KitException failure) {
            err.println("gpu-kit: " + failure.getMessage());
        } catch (IOException failure) {
            err.println("gpu-kit: the kit cannot be written: " + failure);
        }
        return 2;
    }
}
