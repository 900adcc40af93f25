package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Rotation;
import io.consort.runtime.backend.Step;
import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Rotary frequencies on the device: once for all steps, or row by row where they depend on lengths. */
final class Frequencies implements AutoCloseable {

    private final Context context;
    private final Stream stream;
    private final List<DeviceMemory> owned = new ArrayList<>();
    private final IdentityHashMap<Rotation, Long> lasting = new IdentityHashMap<>();
    private final IdentityHashMap<Rotation, Long> ofStep = new IdentityHashMap<>();

    Frequencies(Context context, Stream stream) {
        this.context = context;
        this.stream = stream;
    }

    /** Forgets what belongs to a step. */
    void begin() {
        ofStep.clear();
    }

    /** Where they lie; {@code [rows][pairs]} where they depend on lengths, else {@code [pairs]}. */
    long of(Rotation rotation, Step step, Scratch scratch) {
        return rotation.dependsOnLength()
                ? ofStep.computeIfAbsent(rotation, r -> sendRows(r, step, scratch))
                : lasting.computeIfAbsent(rotation, this::send);
    }

    private long send(Rotation rotation) {
        float[] values = rotation.frequencies(1);
        DeviceMemory memory = DeviceMemory.allocate(context, 4L * Math.max(1, values.length));
        owned.add(memory);
        copy(memory.address(), values);
        return memory.address();
    }

    private long sendRows(Rotation rotation, Step step, Scratch scratch) {
        int pairs = rotation.dimensions() / 2;
        float[] values = new float[step.rows() * pairs];
        for (Step.Span span : step.spans()) {
            float[] frequencies = rotation.frequencies(span.rotaryLength());
            for (int i = 0; i < span.rows(); i++) {
                System.arraycopy(frequencies, 0, values, (span.firstRow() + i) * pairs, pairs);
            }
        }
        long address = scratch.take(4L * values.length);
        copy(address, values);
        return address;
    }

    private void copy(long address, float[] values) {
        try (Arena arena = Arena.ofConfined()) {
            stream.copyToDevice(address, arena.allocateFrom(ValueLayout.JAVA_FLOAT, values));
            stream.synchronize();
        }
    }

    @Override
    public void close() {
        owned.forEach(DeviceMemory::close);
    }
}
