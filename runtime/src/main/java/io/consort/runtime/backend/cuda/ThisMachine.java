package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.CublasLt;
import io.consort.runtime.backend.cuda.driver.CudaException;
import io.consort.runtime.backend.cuda.driver.Device;
import io.consort.runtime.backend.cuda.driver.Driver;
import io.consort.runtime.backend.cuda.driver.KernelModule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The machine that this process runs on. */
final class ThisMachine implements Machine {

    @Override
    public OptionalInt driverVersion() {
        return Driver.version();
    }

    @Override
    public Optional<String> bindingProblem() {
        return Driver.bindingProblem();
    }

    @Override
    public List<Gpu> devices() {
        return Device.all().stream()
                .map(device ->
                        new Gpu(device.name(), device.computeCapability(), device.memoryBytes()))
                .toList();
    }

    @Override
    public Optional<KernelImage> kernels() {
        return KernelImage.find();
    }

    @Override
    public Optional<String> loadProblem(KernelImage kernels) {
        try (Context context = Context.open(Device.all().getFirst())) {
            KernelModule.load(context, kernels.bytes()).close();
            return Optional.empty();
        } catch (CudaException failure) {
            return Optional.of(String.valueOf(failure.getMessage()));
        }
    }

    @Override
    public Optional<String> cublasLt() {
        return CublasLt.find();
    }
}
