package io.consort.runtime.local;

import io.consort.experts.chat.ExpertException;
import io.consort.experts.chat.Message;
import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.model.Checkpoint;
import io.consort.runtime.model.DecoderModel;
import io.consort.runtime.text.ChatTemplate;
import io.consort.runtime.text.Tokenizer;
import io.consort.runtime.weights.Footprint;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A checkpoint that answers: its text side and its place in the engine. Owns all of them. Thread-safe.
 */
final class LocalModel implements AutoCloseable {

    private final Checkpoint checkpoint;
    private final Footprint weights;
    private final DecoderModel decoder;
    private final EngineModel engineModel;
    private final Berth berth;
    private final Text text;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    /** What stands between a conversation and a model's tokens. */
    record Text(Tokenizer tokenizer, ChatTemplate template, GenerationDefaults defaults) {}

    LocalModel(
            Checkpoint checkpoint,
            Footprint weights,
            DecoderModel decoder,
            EngineModel engineModel,
            Berth berth,
            Text text) {
        this.checkpoint = checkpoint;
        this.weights = weights;
        this.berth = berth;
        this.decoder = decoder;
        this.engineModel = engineModel;
        this.text = text;
    }

    /**
     * The tokens that ask for the next answer.
     *
     * @throws ExpertException when the model's template does not accept the conversation, or the
     *     model is closed
     */
    int[] prompt(List<Message> messages) {
        use.readLock().lock();
        try {
            if (closed) {
                throw LocalFailures.closed();
            }
            return text.tokenizer().encode(text.template().render(messages));
        } catch (IllegalArgumentException e) {
            throw ExpertException.unsupported("messages", String.valueOf(e.getMessage()));
        } finally {
            use.readLock().unlock();
        }
    }

    Tokenizer tokenizer() {
        return text.tokenizer();
    }

    GenerationDefaults defaults() {
        return text.defaults();
    }

    EngineModel engineModel() {
        return engineModel;
    }

    Berth berth() {
        return berth;
    }

    /** Memory that its weights take. */
    Footprint weights() {
        return weights;
    }

    /** Fails what is under way and frees everything; closing twice changes nothing. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            engineModel.close();
            berth.leave();
            decoder.close();
            berth.close();
            text.tokenizer().close();
            checkpoint.close();
        } finally {
            use.writeLock().unlock();
        }
    }
}
