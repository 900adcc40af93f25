package io.consort.runtime.backend.cuda.tiers;

/**
 * Speeds of one machine; giga is 10^9.
 *
 * @param expertBytes weights of the expert that was moved
 * @param toDevice pinned memory to device, bare copies, GB/s
 * @param toHost device to pinned memory, bare copies, GB/s
 * @param onDevice device to device, read and written bytes, GB/s
 * @param promotion an expert from pinned memory to the device, mapping included, GB/s
 * @param firstLayerSeconds until its first layer is there
 * @param overlapped seconds until every layer has been read on another stream as it arrived, over the
 *     seconds of the bare copies
 * @param fileToDevice an expert from the page cache to the device, GB/s
 * @param fileFirstLayerSeconds until its first layer is there
 * @param fileToPinned an expert from the page cache to pinned memory, GB/s
 * @param mapSeconds to map its pages
 * @param unmapSeconds to unmap them
 */
public record TierFigures(
        long expertBytes,
        double toDevice,
        double toHost,
        double onDevice,
        double promotion,
        double firstLayerSeconds,
        double overlapped,
        double fileToDevice,
        double fileFirstLayerSeconds,
        double fileToPinned,
        double mapSeconds,
        double unmapSeconds) {}
