package io.consort.runtime.backend.cuda.driver;

/** What the results of cuBLASLt mean. */
final class BlasStatus {

    private static final int NOT_INITIALIZED = 1;
    private static final int ALLOCATION_FAILED = 3;
    private static final int INVALID_VALUE = 7;
    private static final int ARCHITECTURE_MISMATCH = 8;
    private static final int EXECUTION_FAILED = 13;
    private static final int INTERNAL_ERROR = 14;
    private static final int NOT_SUPPORTED = 15;

    private BlasStatus() {}

    static String name(int status) {
        return switch (status) {
            case NOT_INITIALIZED -> "CUBLAS_STATUS_NOT_INITIALIZED";
            case ALLOCATION_FAILED -> "CUBLAS_STATUS_ALLOC_FAILED";
            case INVALID_VALUE -> "CUBLAS_STATUS_INVALID_VALUE";
            case ARCHITECTURE_MISMATCH -> "CUBLAS_STATUS_ARCH_MISMATCH";
            case EXECUTION_FAILED -> "CUBLAS_STATUS_EXECUTION_FAILED";
            case INTERNAL_ERROR -> "CUBLAS_STATUS_INTERNAL_ERROR";
            case NOT_SUPPORTED -> "CUBLAS_STATUS_NOT_SUPPORTED";
            default -> "cuBLAS status " + status;
        };
    }

    static String remedy(int status) {
        return switch (status) {
            case ALLOCATION_FAILED -> "give models less memory, or take an expert out";
            case NOT_INITIALIZED -> "make the context current on this thread first";
            case INVALID_VALUE, NOT_SUPPORTED ->
                    "this product is not one that cuBLASLt can make; use the own kernels for it";
            default -> "take cuBLASLt off the library path, so that the own kernels are used";
        };
    }
}
