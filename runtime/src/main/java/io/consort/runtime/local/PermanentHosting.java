package io.consort.runtime.local;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.engine.Residence;
import io.consort.runtime.tiers.Residency.Standing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A device on which weights stay from when a model is loaded until it is closed.
 *
 * @param backend closed together with this
 */
record PermanentHosting(Backend backend, MemoryRoom room) implements Hosting {

    @Override
    public String name() {
        return backend.name();
    }

    @Override
    public Berth berth(Path checkpoint, long weightBytes) {
        return new Shared(backend, room);
    }

    @Override
    public void close() {
        backend.close();
    }

    /** The whole device. */
    private record Shared(Backend backend, MemoryRoom room) implements Berth {

        @Override
        public Residence residence() {
            return Residence.PERMANENT;
        }

        @Override
        public void admit() {}

        /** Measured on the processor, passes before the first question made no answer faster. */
        @Override
        public Duration warmUp() {
            return Duration.ZERO;
        }

        @Override
        public Optional<Standing> standing() {
            return Optional.empty();
        }

        @Override
        public void foresee(double probability) {}

        @Override
        public void leave() {}

        @Override
        public void close() {}
    }
}
