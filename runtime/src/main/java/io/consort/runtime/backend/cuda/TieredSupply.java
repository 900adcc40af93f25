package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.cuda.driver.Stream;
import io.consort.runtime.backend.cuda.tiers.Arrival;
import io.consort.runtime.backend.cuda.tiers.DeviceTiers;
import java.util.Optional;

/** Weights that arrive part after part, and are leased while they are used. */
final class TieredSupply implements Supply {

    private final DeviceTiers tiers;
    private final String model;
    private Optional<Arrival> arrival = Optional.empty();
    private int awaited;

    TieredSupply(DeviceTiers tiers, String model) {
        this.tiers = tiers;
        this.model = model;
    }

    @Override
    public void begin() {
        Optional<Arrival> now = tiers.arrival(model);
        if (now.isEmpty()) {
            throw new IllegalStateException("the weights of %s are not leased".formatted(model));
        }
        if (!now.equals(arrival)) {
            arrival = now;
            awaited = 0;
        }
    }

    @Override
    public void await(int part, Stream stream) {
        if (part >= awaited) {
            arrival.orElseThrow().awaitLayer(part, stream);
            awaited = part + 1;
        }
    }

    @Override
    public boolean isComplete() {
        return awaited == arrival.orElseThrow().layers();
    }
}
