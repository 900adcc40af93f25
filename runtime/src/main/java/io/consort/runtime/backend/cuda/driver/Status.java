package io.consort.runtime.backend.cuda.driver;

import jcuda.driver.CUresult;

/** Turns the driver's results into exceptions. */
final class Status {

    /** What a question about unfinished work is answered with. */
    static final int NOT_READY = CUresult.CUDA_ERROR_NOT_READY;

    private Status() {}

    /** @throws CudaException unless the result is success */
    static void check(int result, String call) {
        if (result != CUresult.CUDA_SUCCESS) {
            throw new CudaException(call, result, CUresult.stringFor(result), remedy(result));
        }
    }

    /**
     * The answer of a question about progress.
     *
     * @throws CudaException unless the result is success or "not ready"
     */
    static boolean isReady(int result, String call) {
        if (result == NOT_READY) {
            return false;
        }
        check(result, call);
        return true;
    }

    private static String remedy(int result) {
        return switch (result) {
            case CUresult.CUDA_ERROR_OUT_OF_MEMORY ->
                    "give models less memory, or take an expert out";
            case CUresult.CUDA_ERROR_NO_DEVICE, CUresult.CUDA_ERROR_INVALID_DEVICE ->
                    "check with nvidia-smi that this process may use a device";
            case CUresult.CUDA_ERROR_INVALID_IMAGE, CUresult.CUDA_ERROR_NO_BINARY_FOR_GPU ->
                    "build the kernels for this device's architecture";
            case CUresult.CUDA_ERROR_UNSUPPORTED_PTX_VERSION, CUresult.CUDA_ERROR_INVALID_PTX ->
                    "update the NVIDIA driver, or build the kernels with an older nvcc";
            case CUresult.CUDA_ERROR_SYSTEM_DRIVER_MISMATCH ->
                    "restart the machine: the driver's library and its kernel module differ";
            case CUresult.CUDA_ERROR_INVALID_CONTEXT ->
                    "make the context current on this thread first";
            case CUresult.CUDA_ERROR_INVALID_VALUE, CUresult.CUDA_ERROR_INVALID_HANDLE ->
                    "this is a defect of Consort, please report it with this message";
            case CUresult.CUDA_ERROR_ECC_UNCORRECTABLE ->
                    "the device's memory is damaged: take it out of service";
            case CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
                    CUresult.CUDA_ERROR_LAUNCH_FAILED,
                    CUresult.CUDA_ERROR_MISALIGNED_ADDRESS,
                    CUresult.CUDA_ERROR_ILLEGAL_INSTRUCTION ->
                    "a kernel broke the context: restart the process and run compute-sanitizer";
            default -> "restart the process, and look into the system log for the driver's report";
        };
    }
}
