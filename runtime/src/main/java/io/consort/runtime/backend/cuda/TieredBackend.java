package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.KvStore;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.cuda.tiers.DeviceTiers;
import io.consort.runtime.backend.cuda.tiers.DeviceTiers.Footprint;
import io.consort.runtime.weights.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * A device for one model whose weights come and go: asking for weights only lays them out, and they are
 * moved when somebody leases the model. The first store for keys and values belongs to the model, and
 * comes and goes with the weights; further ones are memory of their own.
 */
public final class TieredBackend implements Backend {

    /** Weights that are converted may become longer, up to four times. */
    private static final long LONGER = 4;

    private static final long BESIDES = 64L << 20;

    private final CudaBackend device;
    private final DeviceTiers tiers;
    private final String model;
    private final ImagePlan plan;
    private Optional<Footprint> footprint = Optional.empty();

    /**
     * Reserves the model's addresses.
     *
     * @param device outlives this
     * @param tiers likewise
     * @param weightBytes of the model's files
     */
    public TieredBackend(CudaBackend device, DeviceTiers tiers, String model, long weightBytes) {
        this.device = device;
        this.tiers = tiers;
        this.model = model;
        long base = tiers.reserve(model, LONGER * weightBytes + BESIDES);
        this.plan = new ImagePlan(base, device.uploads());
    }

    /** Bytes of the weights that are laid out so far. */
    public long weightBytes() {
        return plan.bytes();
    }

    /**
     * What the model takes.
     *
     * @throws IllegalStateException before its first store was made
     */
    public Footprint footprint() {
        return footprint.orElseThrow(
                () -> new IllegalStateException("the model is not laid out yet"));
    }

    @Override
    public String name() {
        return device.name();
    }

    @Override
    public long weightCapacity() {
        return tiers.room().deviceBytes();
    }

    @Override
    public void beginPart() {
        plan.endPart();
    }

    @Override
    public Linear linear(List<Tensor> matrices, List<Tensor> biases) {
        synchronized (device) {
            return plan.linear(matrices, biases);
        }
    }

    @Override
    public Norm norm(Tensor weight, float epsilon, float offset) {
        return plan.norm(CudaBackend.normValues(weight, offset), epsilon);
    }

    @Override
    public KvStore store(int layers, Heads heads, int blocks) {
        if (footprint.isPresent()) {
            return device.store(layers, heads, blocks);
        }
        CudaKvStore.Layout layout =
                new CudaKvStore.Layout(device.element(), layers, heads.keyValueWidth(), blocks);
        DeviceTiers.Beside beside = tiers.complete(model, plan.image(), layout.bytes());
        footprint = Optional.of(beside.footprint());
        return new CudaKvStore(layout, beside.address(), () -> {});
    }

    @Override
    public int storeBytesPerValue() {
        return device.storeBytesPerValue();
    }

    @Override
    public Operations operations() {
        return device.operations(new TieredSupply(tiers, model));
    }

    /** Gives the addresses back; the model has left all tiers, and is closed. */
    @Override
    public void close() {
        tiers.unregister(model);
    }
}
