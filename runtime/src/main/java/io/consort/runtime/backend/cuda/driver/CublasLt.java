package io.consort.runtime.backend.cuda.driver;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * cuBLASLt, found on the machine when the program runs. Owned by whoever opened it; products are
 * closed before it. Thread-safe.
 */
public final class CublasLt implements AutoCloseable {

    /** The system property that names the library's file. */
    public static final String PROPERTY = "consort.cublaslt";

    private static final List<String> NAMES = List.of("libcublasLt.so.13", "libcublasLt.so.12");
    private static final List<String> FOLDERS =
            List.of("/usr/local/cuda/lib64", "/usr/local/cuda/targets/x86_64-linux/lib");

    private final BlasCalls calls;
    private final Context context;
    private final String name;
    private final long handle;

    private CublasLt(Library library, Context context) {
        this.calls = new BlasCalls(library);
        this.context = context;
        this.name = library.name();
        context.adopt();
        try {
            this.handle = calls.create();
        } catch (CudaException failure) {
            context.release();
            throw failure;
        }
    }

    /**
     * Where the library is: the file that the system property names, else version 13 or 12 on the
     * loader's path or in the CUDA toolkit's folder. It is loaded by this.
     */
    public static Optional<String> find() {
        return library().map(Library::name);
    }

    private static Optional<Library> library() {
        return candidates().map(Library::find).flatMap(Optional::stream).findFirst();
    }

    private static Stream<String> candidates() {
        String given = System.getProperty(PROPERTY);
        if (given != null) {
            return Stream.of(given);
        }
        return Stream.concat(
                NAMES.stream(),
                FOLDERS.stream()
                        .flatMap(folder -> NAMES.stream().map(file -> Path.of(folder, file)))
                        .filter(Files::exists)
                        .map(Path::toString));
    }

    /** Opens the library for a context; empty when it is not on this machine. */
    public static Optional<CublasLt> open(Context context) {
        return library().map(library -> new CublasLt(library, context));
    }

    /** The library's name, or its path. */
    public String name() {
        return name;
    }

    /**
     * Prepares products of one shape.
     *
     * @param workspaceBytes of device memory that each product may use meanwhile
     * @throws CudaException when the library has no way to make it
     */
    public Product product(Product.Shape shape, long workspaceBytes) {
        return new Product(calls, handle, shape, workspaceBytes);
    }

    @Override
    public void close() {
        context.makeCurrent();
        context.release();
        calls.destroy(handle);
    }
}
