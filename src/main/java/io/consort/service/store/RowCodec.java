package io.consort.service.store;

import io.consort.experts.chat.Usage;
import io.consort.service.store.DecisionRow.Failure;
import io.consort.service.store.DecisionRow.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decisions as bytes, for the {@link WriteAhead}. The first byte is the version of the format. */
final class RowCodec {

    private static final int VERSION = 1;

    private RowCodec() {}

    static byte[] encode(DecisionRow row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(row.id());
            write(out, row.tenant());
            out.writeBoolean(row.upstreamId().isPresent());
            write(out, row.upstreamId().orElse(""));
            write(out, row.asked());
            write(out, row.policy());
            write(out, row.category());
            out.writeDouble(row.probability());
            out.writeDouble(row.propensity());
            write(out, row.expert());
            write(out, row.outcome().name());
            out.writeBoolean(row.usage().isPresent());
            Usage usage = row.usage().orElse(new Usage(0, 0));
            out.writeLong(usage.promptTokens());
            out.writeLong(usage.completionTokens());
            out.writeDouble(row.costUsd());
            out.writeLong(row.overheadMicros());
            out.writeLong(row.firstMicros());
            out.writeLong(row.totalMicros());
            out.writeInt(row.failures().size());
            for (Failure failure : row.failures()) {
                write(out, failure.expert());
                write(out, failure.kind());
                write(out, failure.message());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * The row that was encoded.
     *
     * @throws IOException when these are not the bytes of a row, or of a version not known here
     */
    static DecisionRow decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("version %d is not known".formatted(version));
        }
        long id = in.readLong();
        String tenant = read(in);
        boolean upstream = in.readBoolean();
        String upstreamId = read(in);
        String asked = read(in);
        String policy = read(in);
        String category = read(in);
        double probability = in.readDouble();
        double propensity = in.readDouble();
        String expert = read(in);
        Outcome outcome = Outcome.valueOf(read(in));
        boolean used = in.readBoolean();
        Usage usage = new Usage(in.readLong(), in.readLong());
        return new DecisionRow(
                id,
                tenant,
                upstream ? Optional.of(upstreamId) : Optional.empty(),
                asked,
                policy,
                category,
                probability,
                propensity,
                expert,
                outcome,
                used ? Optional.of(usage) : Optional.empty(),
                in.readDouble(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                failures(in));
    }

    private static List<Failure> failures(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Failure> failures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            failures.add(new Failure(read(in), read(in), read(in)));
        }
        return failures;
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static String read(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
