package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.TokenWeights;
import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.DeviceMemory;
import io.consort.runtime.backend.cuda.driver.Event;
import io.consort.runtime.backend.cuda.driver.Grid;
import io.consort.runtime.backend.cuda.driver.PinnedMemory;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.util.List;

/**
 * Draws tokens on a device, where the most probable ones have been chosen. Rules are sent when they
 * are others than those of the draw before.
 */
final class Draws implements AutoCloseable {

    private static final int THREADS = 512;

    /** Blocks that share a row: a cluster, where the device has clusters. */
    private static final int BLOCKS_OF_ROW = 8;

    private final Stream stream;
    private final Launches launches;
    private final Event sent;
    private final int blocks;
    private int room;
    private PinnedMemory host;
    private DeviceMemory device;
    private List<DrawRule> known = List.of();

    /**
     * @param rows of a draw that there is room for at first
     */
    Draws(Stream stream, Launches launches, int rows) {
        Context context = stream.context();
        this.stream = stream;
        this.launches = launches;
        this.sent = Event.create(context);
        this.blocks = context.device().isHopper() ? BLOCKS_OF_ROW : 1;
        this.room = rows;
        this.host = PinnedMemory.allocate(context, (long) DrawRule.BYTES * rows);
        this.device = DeviceMemory.allocate(context, (long) DrawRule.BYTES * rows);
    }

    /**
     * Where tokens and the like lie, on the device or in pinned memory.
     *
     * @param tokens the most probable ones, or -1 where logits are no numbers; those that are drawn
     *     replace them
     * @param positions of the rows after the step; 0 where there are none
     * @param chosen two places for each row, of which the one for even or odd positions before the step
     *     receives the token too; 0 where there are no positions
     * @param logprobs likewise; one place for each row where there are no positions
     */
    record Places(long tokens, long positions, long chosen, long logprobs) {}

    /**
     * Submits a draw.
     *
     * @param rules one for each row
     */
    void draw(CudaRows logits, List<DrawRule> rules, Places places) {
        if (!rules.equals(known)) {
            send(rules);
        }
        launches.of("draw_tokens")
                .with(logits.address())
                .with(logits.width())
                .with(device.address())
                .with(TokenWeights.factor(1))
                .with(places.tokens())
                .with(places.positions())
                .with(places.chosen())
                .with(places.logprobs())
                .launch(Grid.of(blocks, logits.count(), 1, THREADS));
    }

    private void send(List<DrawRule> rules) {
        if (rules.size() > room) {
            grow(rules.size());
        }
        sent.synchronize();
        for (int row = 0; row < rules.size(); row++) {
            rules.get(row).write(host.segment(), row);
        }
        stream.copyToDevice(
                device.address(), host.segment().asSlice(0, (long) DrawRule.BYTES * rules.size()));
        stream.record(sent);
        known = rules;
    }

    private void grow(int rows) {
        stream.synchronize();
        room = Math.max(rows, 2 * room);
        host.close();
        device.close();
        host = PinnedMemory.allocate(stream.context(), (long) DrawRule.BYTES * room);
        device = DeviceMemory.allocate(stream.context(), (long) DrawRule.BYTES * room);
    }

    @Override
    public void close() {
        sent.close();
        host.close();
        device.close();
    }
}
