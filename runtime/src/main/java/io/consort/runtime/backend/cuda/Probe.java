package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.Availability.Off;
import io.consort.runtime.backend.cuda.Availability.Ready;
import io.consort.runtime.backend.cuda.Availability.Reason;
import io.consort.runtime.backend.cuda.driver.CudaException;
import io.consort.runtime.backend.cuda.driver.Driver;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds out why the CUDA backend is on or off. Never throws. */
public final class Probe {

    /** The oldest architecture that the kernels are compiled for, Ampere. */
    private static final int OLDEST_DEVICE = 80;

    private Probe() {}

    /** Whether the whole backend can run on this machine. */
    public static Availability backend() {
        return guarded(new ThisMachine(), true);
    }

    /** Whether the driver can be used, with or without kernels in this build. */
    public static Availability driver() {
        return guarded(new ThisMachine(), false);
    }

    /** A version of CUDA in words. */
    static String words(int version) {
        return "%d.%d".formatted(version / 1000, version % 1000 / 10);
    }

    @SuppressWarnings("CatchingUnchecked") // Whatever a driver does must not end the program.
    static Availability guarded(Machine machine, boolean kernels) {
        try {
            return look(machine, kernels);
        } catch (CudaException failure) {
            return new Off(
                    Reason.DRIVER_FAILS,
                    "the NVIDIA driver does not work",
                    String.valueOf(failure.getMessage()));
        } catch (RuntimeException | LinkageError failure) {
            return new Off(
                    Reason.DRIVER_FAILS,
                    "the NVIDIA driver cannot be asked: " + failure.getMessage(),
                    "check it with nvidia-smi");
        }
    }

    private static Availability look(Machine machine, boolean kernels) {
        OptionalInt version = machine.driverVersion();
        if (version.isEmpty()) {
            return new Off(
                    Reason.NO_DRIVER,
                    "no NVIDIA driver (libcuda.so.1) is on this machine",
                    "install one, or use the CPU backend");
        }
        if (version.getAsInt() < Driver.OLDEST) {
            return tooOld(version.getAsInt(), Driver.OLDEST, "this program needs");
        }
        Optional<String> binding = machine.bindingProblem();
        if (binding.isPresent()) {
            return new Off(
                    Reason.NO_BINDINGS,
                    "JCuda's native library cannot be loaded: " + binding.get(),
                    "use Linux on x86-64, and let the process write to its temporary folder");
        }
        List<Machine.Gpu> devices = machine.devices();
        if (devices.isEmpty()) {
            return new Off(
                    Reason.NO_DEVICE,
                    "the NVIDIA driver shows no device to this process",
                    "check nvidia-smi and CUDA_VISIBLE_DEVICES");
        }
        Optional<Off> refusal =
                kernels
                        ? refusal(machine, devices.getFirst(), version.getAsInt())
                        : Optional.empty();
        return refusal.isPresent()
                ? refusal.get()
                : new Ready(devices.getFirst(), version.getAsInt(), machine.cublasLt());
    }

    private static Optional<Off> refusal(Machine machine, Machine.Gpu device, int version) {
        Optional<KernelImage> image = machine.kernels();
        if (image.isEmpty()) {
            return Optional.of(
                    new Off(
                            Reason.NO_KERNELS,
                            "this build holds no kernels, because nvcc was missing when it was made",
                            "install the CUDA toolkit and build again"));
        }
        KernelImage kernels = image.get();
        if (version < kernels.toolkit()) {
            return Optional.of(
                    tooOld(version, kernels.toolkit(), "the kernels were compiled with"));
        }
        if (device.computeCapability() < OLDEST_DEVICE) {
            return Optional.of(
                    new Off(
                            Reason.WRONG_ARCHITECTURE,
                            "the kernels are for compute capability 8.0 and later, and there is "
                                    + device,
                            "use a device of the Ampere generation or later"));
        }
        return machine.loadProblem(kernels)
                .map(problem ->
                        new Off(
                                Reason.WRONG_ARCHITECTURE,
                                "%s does not take the kernels, which were compiled for %s"
                                        .formatted(device, kernels.architectures()),
                                problem));
    }

    private static Off tooOld(int version, int needed, String why) {
        return new Off(
                Reason.DRIVER_TOO_OLD,
                "the NVIDIA driver supports CUDA %s, and %s CUDA %s"
                        .formatted(words(version), why, words(needed)),
                "update the driver to a version for CUDA %s or later".formatted(words(needed)));
    }
}
