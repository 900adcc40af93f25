package io.consort.runtime.backend.cuda.tiers;

import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;

/**
 * One expert's addresses on the device, which it keeps for life, and whatever memory is behind them
 * now. Changed by the mover's threads only, one at a time.
 */
final class DeviceExpert implements AutoCloseable {

    private final MappedRange weights;
    private volatile Optional<WeightImage> image = Optional.empty();
    private volatile Optional<MappedRange> room = Optional.empty();
    private List<MemorySegment> pinned = List.of();
    private volatile Optional<Arrival> arrival = Optional.empty();

    /** @param most bytes that its image may have */
    DeviceExpert(Context context, PagePool pages, long most) {
        this.weights = new MappedRange(context, pages, most);
    }

    /** Says what the weights are, and which memory comes and goes with them. Called once. */
    void complete(WeightImage known, Optional<MappedRange> beside) {
        if (known.bytes() > weights.bytes()) {
            throw new IllegalArgumentException(
                    "the image has %,d bytes, and addresses are reserved for %,d"
                            .formatted(known.bytes(), weights.bytes()));
        }
        image = Optional.of(known);
        room = beside;
    }

    WeightImage image() {
        return image.orElseThrow(() -> new IllegalStateException("the expert has no weights yet"));
    }

    long address() {
        return weights.address();
    }

    List<MemorySegment> pinned() {
        return pinned;
    }

    void pinned(List<MemorySegment> chunks) {
        pinned = chunks;
    }

    Optional<Arrival> arrival() {
        return arrival;
    }

    void arriving(Arrival next) {
        arrival = Optional.of(next);
    }

    /** Puts memory behind the weights' addresses up to so many bytes, and a little further. */
    void map(long bytes) {
        weights.map(Math.min(bytes, image().bytes()), image().bytes());
    }

    /** Puts zeros behind the addresses beside the weights, before anything that follows on the stream. */
    void mapRoom(Stream stream) {
        room.ifPresent(range -> {
            range.map(range.bytes(), range.bytes());
            stream.fill(range.address(), (byte) 0, range.bytes());
        });
    }

    /** Takes the memory away; nothing that uses it is under way. */
    void unmap() {
        weights.unmap();
        room.ifPresent(MappedRange::unmap);
        arrival.ifPresent(Arrival::close);
        arrival = Optional.empty();
    }

    @Override
    public void close() {
        unmap();
        weights.close();
        room.ifPresent(MappedRange::close);
    }
}
