package io.consort.runtime.backend.cuda.driver;

import static io.consort.runtime.backend.cuda.driver.Library.INT;
import static io.consort.runtime.backend.cuda.driver.Library.WORD;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The functions of cuBLASLt that products need. Sizes, orders and numbers are those of its header, the same in 12 and 13. */
final class BlasCalls {

    private static final int DESCRIPTION_TRANSPOSE_A = 3;
    private static final int PREFERENCE_WORKSPACE = 1;
    private static final int TRANSPOSED = 1;
    private static final int ACCUMULATE_F32 = 68;

    private final MethodHandle create;
    private final MethodHandle destroy;
    private final MethodHandle descriptionCreate;
    private final MethodHandle descriptionSet;
    private final MethodHandle descriptionDestroy;
    private final MethodHandle layoutCreate;
    private final MethodHandle layoutDestroy;
    private final MethodHandle preferenceCreate;
    private final MethodHandle preferenceSet;
    private final MethodHandle preferenceDestroy;
    private final MethodHandle heuristic;
    private final MethodHandle matmul;

    BlasCalls(Library library) {
        create = library.function("cublasLtCreate", WORD);
        destroy = library.function("cublasLtDestroy", WORD);
        descriptionCreate = library.function("cublasLtMatmulDescCreate", WORD, INT, INT);
        descriptionSet = library.function("cublasLtMatmulDescSetAttribute", WORD, INT, WORD, WORD);
        descriptionDestroy = library.function("cublasLtMatmulDescDestroy", WORD);
        layoutCreate = library.function("cublasLtMatrixLayoutCreate", WORD, INT, WORD, WORD, WORD);
        layoutDestroy = library.function("cublasLtMatrixLayoutDestroy", WORD);
        preferenceCreate = library.function("cublasLtMatmulPreferenceCreate", WORD);
        preferenceSet =
                library.function("cublasLtMatmulPreferenceSetAttribute", WORD, INT, WORD, WORD);
        preferenceDestroy = library.function("cublasLtMatmulPreferenceDestroy", WORD);
        heuristic =
                library.function(
                        "cublasLtMatmulAlgoGetHeuristic",
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        INT,
                        WORD,
                        WORD);
        matmul =
                library.function(
                        "cublasLtMatmul",
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        WORD,
                        WORD);
    }

    long create() {
        return made("cublasLtCreate", at -> (int) create.invokeExact(at));
    }

    void destroy(long handle) {
        run("cublasLtDestroy", () -> (int) destroy.invokeExact(handle));
    }

    /** A product with float32 accumulation whose first factor is transposed. */
    long description() {
        long description =
                made(
                        "cublasLtMatmulDescCreate",
                        at ->
                                (int)
                                        descriptionCreate.invokeExact(
                                                at, ACCUMULATE_F32, Element.F32.number()));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_INT, TRANSPOSED);
            run(
                    "cublasLtMatmulDescSetAttribute",
                    () ->
                            (int)
                                    descriptionSet.invokeExact(
                                            description,
                                            DESCRIPTION_TRANSPOSE_A,
                                            value.address(),
                                            value.byteSize()));
        }
        return description;
    }

    void destroyDescription(long description) {
        run("cublasLtMatmulDescDestroy", () -> (int) descriptionDestroy.invokeExact(description));
    }

    /** A matrix stored column after column without gaps. */
    long layout(Element element, long rows, long columns) {
        return made(
                "cublasLtMatrixLayoutCreate",
                at -> (int) layoutCreate.invokeExact(at, element.number(), rows, columns, rows));
    }

    void destroyLayout(long layout) {
        run("cublasLtMatrixLayoutDestroy", () -> (int) layoutDestroy.invokeExact(layout));
    }

    long preference(long workspaceBytes) {
        long preference =
                made(
                        "cublasLtMatmulPreferenceCreate",
                        at -> (int) preferenceCreate.invokeExact(at));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_LONG, workspaceBytes);
            run(
                    "cublasLtMatmulPreferenceSetAttribute",
                    () ->
                            (int)
                                    preferenceSet.invokeExact(
                                            preference,
                                            PREFERENCE_WORKSPACE,
                                            value.address(),
                                            value.byteSize()));
        }
        return preference;
    }

    void destroyPreference(long preference) {
        run(
                "cublasLtMatmulPreferenceDestroy",
                () -> (int) preferenceDestroy.invokeExact(preference));
    }

    /** Fills in the best ways first, and returns how many there are. */
    int heuristic(
            long handle,
            Product.Layouts layouts,
            long preference,
            MemorySegment results,
            int most) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment count = arena.allocate(ValueLayout.JAVA_INT);
            run(
                    "cublasLtMatmulAlgoGetHeuristic",
                    () ->
                            (int)
                                    heuristic.invokeExact(
                                            handle,
                                            layouts.description(),
                                            layouts.weights(),
                                            layouts.inputs(),
                                            layouts.outputs(),
                                            layouts.outputs(),
                                            preference,
                                            most,
                                            results.address(),
                                            count.address()));
            return count.get(ValueLayout.JAVA_INT, 0);
        }
    }

    void multiply(
            long handle,
            Product.Layouts layouts,
            Product.Operands operands,
            long scales,
            long algorithm,
            long workspaceBytes,
            long stream) {
        int result;
        try {
            result =
                    (int)
                            matmul.invokeExact(
                                    handle,
                                    layouts.description(),
                                    scales,
                                    operands.weights(),
                                    layouts.weights(),
                                    operands.inputs(),
                                    layouts.inputs(),
                                    scales + Float.BYTES,
                                    operands.outputs(),
                                    layouts.outputs(),
                                    operands.outputs(),
                                    layouts.outputs(),
                                    algorithm,
                                    operands.workspace(),
                                    workspaceBytes,
                                    stream);
        } catch (Throwable failure) {
            throw Library.broken(failure);
        }
        check(result, "cublasLtMatmul");
    }

    private interface Call {
        int make() throws Throwable;
    }

    private interface Making {
        int make(long at) throws Throwable;
    }

    private static long made(String name, Making making) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment made = arena.allocate(ValueLayout.JAVA_LONG);
            run(name, () -> making.make(made.address()));
            return made.get(ValueLayout.JAVA_LONG, 0);
        }
    }

    private static void run(String name, Call call) {
        int result;
        try {
            result = call.make();
        } catch (Throwable failure) {
            throw Library.broken(failure);
        }
        check(result, name);
    }

    private static void check(int status, String call) {
        if (status != 0) {
            throw new CudaException(
                    call, status, BlasStatus.name(status), BlasStatus.remedy(status));
        }
    }
}
