package io.consort.runtime.local;

import io.consort.runtime.backend.Backend;
import io.consort.runtime.engine.Residence;
import io.consort.runtime.tiers.Residency.Standing;
import java.time.Duration;
import java.util.Optional;

/** A model's place on a device, from before it is loaded until after it is closed. */
interface Berth extends AutoCloseable {

    /** What the model is loaded with; belongs to the berth. */
    Backend backend();

    /** Memory for the model, once it is loaded. */
    MemoryRoom room();

    /** Where its weights are kept. */
    Residence residence();

    /**
     * The model is loaded and has its cache: sequences may ask for its weights.
     *
     * @throws io.consort.runtime.tiers.TierException when it is too large for the device
     */
    void admit();

    /** How long the model is to be warmed up; zero if not at all. */
    Duration warmUp();

    /** Where the weights are now, where they come and go. */
    Optional<Standing> standing();

    /** Says that a request may follow, so that the weights come nearer. */
    void foresee(double probability);

    /** The model computes nothing any more: its weights leave the device. */
    void leave();

    @Override
    void close();
}
