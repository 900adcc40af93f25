package io.consort.runtime.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Maps whole files for reading. */
public final class MappedFile {

    private MappedFile() {}

    /**
     * The bytes of a file, which live as long as the arena.
     *
     * @throws CheckpointException if the file is missing or cannot be read
     */
    public static MemorySegment map(Path file, Arena arena) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (NoSuchFileException e) {
            throw new CheckpointException(file, "it is missing", "fetch the whole checkpoint");
        } catch (IOException e) {
            throw new CheckpointException(
                    file, "it cannot be read (" + e + ")", "check the file and its permissions");
        }
    }
}
