package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.KvStore;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.CublasLt;
import io.consort.runtime.backend.cuda.driver.Device;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.backend.cuda.driver.Element;
import io.consort.runtime.weights.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Runs models on the first CUDA device. Weights are copied there when a model is loaded. Every model
 * has a stream of its own, so models may run at the same time, each on one thread at a time.
 */
public final class CudaBackend implements Backend {

    private final Context context;
    private final Kernels kernels;
    private final Optional<CublasLt> library;
    private final Uploads uploads;
    private final Convoys convoys;
    private final Precision precision;

    private CudaBackend(
            Context context, KernelImage image, Precision precision, Quantisation quantisation) {
        this.context = context;
        this.kernels = new Kernels(context, image);
        this.library = CublasLt.open(context);
        this.uploads = new Uploads(context, kernels, quantisation);
        this.convoys = new Convoys(context, kernels);
        this.precision = precision;
    }

    /**
     * Opens the first device.
     *
     * @throws IllegalStateException with the probe's words where CUDA is off
     */
    public static CudaBackend open(Precision precision, Quantisation quantisation) {
        Availability availability = Probe.backend();
        if (!(availability instanceof Availability.Ready)) {
            throw new IllegalStateException("CUDA is " + availability.text());
        }
        Context context = Context.open(Device.all().getFirst());
        return new CudaBackend(context, KernelImage.find().orElseThrow(), precision, quantisation);
    }

    /** The device's context, for others that work on it. */
    public Context context() {
        return context;
    }

    @Override
    public String name() {
        return "cuda";
    }

    @Override
    public long weightCapacity() {
        return context.freeBytes();
    }

    @Override
    public synchronized Linear linear(List<Tensor> matrices, List<Tensor> biases) {
        return uploads.linear(matrices, biases);
    }

    @Override
    public synchronized Norm norm(Tensor weight, float epsilon, float offset) {
        float[] values = normValues(weight, offset);
        DeviceMemory memory = uploads.floats(values);
        return new CudaNorm(memory::close, memory.address(), values.length, epsilon);
    }

    static float[] normValues(Tensor weight, float offset) {
        float[] values = weight.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] += offset;
        }
        return values;
    }

    @Override
    public synchronized KvStore store(int layers, Heads heads, int blocks) {
        return CudaKvStore.allocate(
                context,
                uploads.stream(),
                new CudaKvStore.Layout(element(), layers, heads.keyValueWidth(), blocks));
    }

    @Override
    public int storeBytesPerValue() {
        return element().bytes();
    }

    Element element() {
        return precision == Precision.FULL ? Element.F32 : Element.BF16;
    }

    @Override
    public Operations operations() {
        return operations(Supply.PERMANENT);
    }

    /** Operations of a model whose weights come and go. */
    Operations operations(Supply supply) {
        context.makeCurrent();
        return new CudaOperations(context, kernels, library, convoys, precision, supply);
    }

    Uploads uploads() {
        return uploads;
    }

    @Override
    public void close() {
        convoys.close();
        uploads.close();
        library.ifPresent(CublasLt::close);
        kernels.close();
        context.close();
    }
}
