package io.consort.service.cluster;

import io.consort.service.limit.Counter;
import io.consort.service.limit.Holder;
import io.consort.service.limit.Measure;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * What one node tells others of its counters.
 *
 * @param node where it listens; a node that starts again has the same
 * @param life a random number of its process
 * @param sequence grows with every report of a life
 * @param day since 1970, that money of the day belongs to
 * @param month since the year 0, likewise
 * @param heard the latest report of each other life that this one took in
 * @param whole whether it names every counter that is not 0, instead of those that changed
 * @param farewell whether it is the last
 * @param taken by this node so far
 */
record Report(
        String node,
        long life,
        long sequence,
        long day,
        long month,
        Map<Long, Long> heard,
        boolean whole,
        boolean farewell,
        Map<Counter, Long> taken) {

    byte[] encode() {
        return Frame.write(out -> {
            out.writeUTF(node);
            out.writeLong(life);
            out.writeLong(sequence);
            out.writeLong(day);
            out.writeLong(month);
            out.writeBoolean(whole);
            out.writeBoolean(farewell);
            out.writeInt(heard.size());
            for (Map.Entry<Long, Long> entry : heard.entrySet()) {
                out.writeLong(entry.getKey());
                out.writeLong(entry.getValue());
            }
            out.writeInt(taken.size());
            for (Map.Entry<Counter, Long> entry : taken.entrySet()) {
                write(entry.getKey(), out);
                out.writeLong(entry.getValue());
            }
        });
    }

    static Report decode(byte[] message) {
        return Frame.read(
                message,
                in -> {
                    String node = in.readUTF();
                    long life = in.readLong();
                    long sequence = in.readLong();
                    long day = in.readLong();
                    long month = in.readLong();
                    boolean whole = in.readBoolean();
                    boolean farewell = in.readBoolean();
                    Map<Long, Long> heard = new HashMap<>();
                    for (int left = in.readInt(); left > 0; left--) {
                        heard.put(in.readLong(), in.readLong());
                    }
                    Map<Counter, Long> taken = new HashMap<>();
                    for (int left = in.readInt(); left > 0; left--) {
                        taken.put(counter(in), in.readLong());
                    }
                    return new Report(
                            node, life, sequence, day, month, heard, whole, farewell, taken);
                });
    }

    private static void write(Counter counter, DataOutputStream out) throws IOException {
        out.writeUTF(counter.tenant());
        out.writeUTF(counter.holder().name());
        out.writeUTF(counter.name());
        out.writeUTF(counter.measure().name());
    }

    private static Counter counter(DataInputStream in) throws IOException {
        return new Counter(
                in.readUTF(),
                Holder.valueOf(in.readUTF()),
                in.readUTF(),
                Measure.valueOf(in.readUTF()));
    }
}
