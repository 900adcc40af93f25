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

    private static final int VERSION = 3;

    /** Did not know the caller's key. */
    private static final int KEYLESS = 2;

    /** Knew neither policies' versions nor what vain attempts took. */
    private static final int BEFORE = 1;

    private RowCodec() {}

    static byte[] encode(DecisionRow row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(row.id());
            write(out, row.tenant());
            out.writeLong(row.keyId());
            out.writeBoolean(row.upstreamId().isPresent());
            write(out, row.upstreamId().orElse(""));
            write(out, row.asked());
            write(out, row.policy());
            write(out, row.policyVersion());
            write(out, row.category());
            out.writeDouble(row.probability());
            out.writeDouble(row.propensity());
            write(out, row.expert());
            write(out, row.outcome().name());
            write(out, row.usage());
            out.writeDouble(row.costUsd());
            out.writeLong(row.overheadMicros());
            out.writeLong(row.firstMicros());
            out.writeLong(row.totalMicros());
            out.writeInt(row.failures().size());
            for (Failure failure : row.failures()) {
                write(out, failure.expert());
                write(out, failure.kind());
                write(out, failure.message());
                write(out, failure.usage());
                out.writeDouble(failure.costUsd());
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
        if (version < BEFORE || version > VERSION) {
            throw new IOException("version %d is not known".formatted(version));
        }
        long id = in.readLong();
        String tenant = read(in);
        long keyId = version <= KEYLESS ? 0 : in.readLong();
        boolean upstream = in.readBoolean();
        String upstreamId = read(in);
        String asked = read(in);
        String policy = read(in);
        String policyVersion = version == BEFORE ? "" : read(in);
        String category = read(in);
        double probability = in.readDouble();
        double propensity = in.readDouble();
        String expert = read(in);
        Outcome outcome = Outcome.valueOf(read(in));
        Optional<Usage> usage = usage(in);
        return new DecisionRow(
                id,
                tenant,
                keyId,
                upstream ? Optional.of(upstreamId) : Optional.empty(),
                asked,
                policy,
                policyVersion,
                category,
                probability,
                propensity,
                expert,
                outcome,
                usage,
                in.readDouble(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                failures(in, version));
    }

    private static List<Failure> failures(DataInputStream in, int version) throws IOException {
        int count = in.readInt();
        List<Failure> failures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Failure failure = new Failure(read(in), read(in), read(in));
            failures.add(
                    version == BEFORE
                            ? failure
                            : new Failure(
                                    failure.expert(),
                                    failure.kind(),
                                    failure.message(),
                                    usage(in),
                                    in.readDouble()));
        }
        return failures;
    }

    private static void write(DataOutputStream out, Optional<Usage> usage) throws IOException {
        out.writeBoolean(usage.isPresent());
        out.writeLong(usage.map(Usage::promptTokens).orElse(0L));
        out.writeLong(usage.map(Usage::completionTokens).orElse(0L));
    }

    private static Optional<Usage> usage(DataInputStream in) throws IOException {
        boolean known = in.readBoolean();
        Usage usage = new Usage(in.readLong(), in.readLong());
        return known ? Optional.of(usage) : Optional.empty();
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
