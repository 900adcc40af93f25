package io.consort.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteAheadTest {

    private static final int SEGMENT = 4_096;

    private @TempDir Path folder;

    @Test
    void preparedSegmentsTakeRecordsInTheirOrderAndAreGoneAtTheEnd() throws IOException {
        WriteAhead ahead = WriteAhead.open(folder, SEGMENT);
        List<Long> segments = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ahead.prepare();
            segments.add(ahead.append(new byte[500]));
        }
        assertThat(segments).isSorted().endsWith(segments.getFirst() + 100 * 512 / SEGMENT);
        segments.forEach(segment -> ahead.done(segment, 1));
        ahead.close();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatWasNotDoneIsFoundAgainHoweverOftenItIsCutOff(long seed) throws IOException {
        Random random = new Random(seed);
        Map<Long, byte[]> kept = new TreeMap<>();
        long next = 0;
        for (int life = 0; life < 20; life++) {
            WriteAhead ahead = WriteAhead.open(folder, SEGMENT);
            Map<Long, Long> segments = new TreeMap<>();
            Map<Long, byte[]> found = new TreeMap<>();
            ahead.recover((record, segment) -> {
                found.put(ByteBuffer.wrap(record).getLong(), record);
                segments.put(ByteBuffer.wrap(record).getLong(), segment);
            });
            assertThat(found.keySet())
                    .as("life %d of seed %d", life, seed)
                    .containsAll(kept.keySet());
            kept.forEach((id, record) -> assertThat(found.get(id)).isEqualTo(record));
            for (long again : new ArrayList<>(found.keySet())) {
                kept.put(again, found.get(again));
            }
            for (int i = 0; i < 500; i++) {
                if (random.nextInt(3) > 0) {
                    byte[] record = record(next, random);
                    segments.put(next, ahead.append(record));
                    kept.put(next++, record);
                } else if (!kept.isEmpty()) {
                    List<Long> ids = new ArrayList<>(kept.keySet());
                    long id = ids.get(random.nextInt(ids.size()));
                    kept.remove(id);
                    ahead.done(Objects.requireNonNull(segments.get(id)), 1);
                }
            }
        }
    }

    @Test
    void aSegmentGoesWhenItIsFullAndAllOfItIsDone() throws IOException {
        WriteAhead ahead = WriteAhead.open(folder, SEGMENT);
        long first = ahead.append(new byte[3_000]);
        ahead.done(first, 1);
        assertThat(ahead.files()).hasSize(1);
        long second = ahead.append(new byte[3_000]);
        assertThat(second).isGreaterThan(first);
        assertThat(ahead.files()).hasSize(1);
        ahead.close();
        assertThat(folder)
                .isDirectoryContaining(file -> file.toString().endsWith(second + ".journal"));
        ahead.done(second, 1);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRecordThatWasCutOffInTheMiddleIsNotThere() throws IOException {
        WriteAhead ahead = WriteAhead.open(folder, SEGMENT);
        ahead.append("whole".getBytes(StandardCharsets.US_ASCII));
        ahead.append(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
        Path file = ahead.files().getFirst();
        byte[] content = Files.readAllBytes(file);
        content[16 + 8 + 2] ^= 1;
        Files.write(file, content);
        List<byte[]> found = new ArrayList<>();
        assertThat(WriteAhead.open(folder, SEGMENT).recover((record, _) -> found.add(record)))
                .isEqualTo(1);
        assertThat(found.getFirst()).asString().isEqualTo("whole");
    }

    @Test
    void aRecordLargerThanASegmentIsRefused() {
        WriteAhead ahead = WriteAhead.open(folder, SEGMENT);
        assertThatThrownBy(() -> ahead.append(new byte[SEGMENT]))
                .hasMessageContaining("4096 bytes is larger than a segment");
    }

    private static byte[] record(long id, Random random) {
        byte[] record = new byte[Long.BYTES + random.nextInt(300)];
        random.nextBytes(record);
        ByteBuffer.wrap(record).putLong(id);
        return record;
    }
}
