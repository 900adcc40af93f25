package io.consort.runtime.model;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.weights.CheckpointException;
import java.util.ArrayList;
import java.util.List;

/** Embeddings, layers, a final norm and a head, on one backend. */
record Decoder(
        ModelConfig config,
        Backend backend,
        Linear embeddings,
        List<DecoderLayer> stack,
        Norm norm,
        Linear head,
        Operations ops,
        Parameters parameters)
        implements DecoderModel {

    private static final int KEYS_AND_VALUES = 2;

    Decoder {
        stack = List.copyOf(stack);
    }

    static Decoder load(Checkpoint checkpoint, Backend backend) {
        requireRoom(checkpoint, backend);
        ModelConfig config = checkpoint.config();
        Parameters parameters = new Parameters(config, checkpoint.weights(), backend);
        try {
            return load(config, backend, parameters);
        } catch (RuntimeException e) {
            parameters.close();
            throw e;
        }
    }

    private static Decoder load(ModelConfig config, Backend backend, Parameters parameters) {
        Linear embeddings = parameters.embeddings();
        List<DecoderLayer> stack = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            backend.beginPart();
            stack.add(layer(new LayerParameters(parameters, layer)));
        }
        backend.beginPart();
        return new Decoder(
                config,
                backend,
                embeddings,
                stack,
                parameters.norm("model.norm", config.hidden()),
                config.tiedHead() ? embeddings : parameters.head(),
                backend.operations(),
                parameters);
    }

    private static DecoderLayer layer(LayerParameters parameters) {
        return switch (parameters.parameters().config().architecture()) {
            case LLAMA -> Llama.load(parameters);
            case MISTRAL -> Mistral.load(parameters);
            case QWEN2 -> Qwen2.load(parameters);
            case QWEN3 -> Qwen3.load(parameters);
            case GEMMA2 -> Gemma2.load(parameters);
            case GEMMA3_TEXT -> Gemma3Text.load(parameters);
            case PHI3 -> Phi3.load(parameters);
        };
    }

    private static void requireRoom(Checkpoint checkpoint, Backend backend) {
        long needed = checkpoint.weights().bytes();
        long room = backend.weightCapacity();
        if (needed > room) {
            throw new CheckpointException(
                    checkpoint.path(),
                    "its weights take %d MiB, but the %s backend has room for %d MiB"
                            .formatted(needed >> 20, backend.name(), room >> 20),
                    "use a smaller model or a machine with more memory");
        }
    }

    @Override
    public KvCache newCache(int blocks) {
        return new KvCache(
                backend.store(config.layers(), config.heads(), blocks), RotaryRegime.of(config));
    }

    @Override
    public long cacheBytesPerBlock() {
        return (long) KEYS_AND_VALUES
                * config.layers()
                * config.heads().keyValueWidth()
                * KvCache.BLOCK
                * backend.storeBytesPerValue();
    }

    @Override
    public Pass begin(Batch batch, KvCache cache) {
        return DecoderPass.begin(this, batch, cache);
    }

    @Override
    public boolean chooses() {
        return ops.chooses();
    }

    /** Models of one shape on one device. */
    private record Kin(Object device, int layers, int hidden, Heads heads, int vocabulary) {}

    @Override
    public Object kin() {
        return new Kin(
                ops.kin(), config.layers(), config.hidden(), config.heads(), config.vocabulary());
    }

    @Override
    public void settle() {
        ops.settle();
    }

    @Override
    public void close() {
        ops.close();
        parameters.close();
    }
}
