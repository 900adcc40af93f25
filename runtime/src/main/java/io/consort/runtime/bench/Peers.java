package io.consort.runtime.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Other engines, each in a process of its own. Their libraries are no part of this program: the
 * command {@code consort} fetches them when the benchmark is asked for them.
 */
final class Peers {

    private static final String HOW =
            "peers were left out; `./consort bench cpu --peers` fetches and measures them";
    private static final List<Peer> PEERS =
            List.of(new Peer("llama.cpp", "LlamaCpp"), new Peer("Jlama", "Jlama"));

    /** No peers at all. */
    static final Peers NONE = new Peers(Optional.empty(), 0, 0);

    private final Optional<Path> folder;
    private final int threads;
    private final int milliseconds;
    private final Set<String> notes = new LinkedHashSet<>();

    private Peers(Optional<Path> folder, int threads, int milliseconds) {
        this.folder = folder;
        this.threads = threads;
        this.milliseconds = milliseconds;
    }

    /**
     * Peers from the project's folder.
     *
     * @throws IllegalArgumentException if their libraries are not there
     */
    static Peers installed(BenchArguments arguments) {
        Path folder = Path.of(System.getProperty("consort.home", "."), "runtime", "peers");
        if (!Files.isDirectory(folder.resolve("target/libraries"))) {
            throw new IllegalArgumentException(
                    "`--peers` finds no libraries in %s; run it as `./consort bench cpu --peers`"
                            .formatted(folder.resolve("target/libraries")));
        }
        return new Peers(Optional.of(folder), arguments.threads(), arguments.milliseconds());
    }

    /**
     * Another engine.
     *
     * @param name what it is called in reports
     * @param program its source file, without an ending
     */
    record Peer(String name, String program) {}

    /**
     * The peers that can run a model; why others cannot becomes a note.
     *
     * @param progress is told what is loaded
     */
    List<Contender> open(Path model, Consumer<String> progress) {
        List<Contender> opened = new ArrayList<>();
        if (folder.isEmpty()) {
            return opened;
        }
        for (Peer peer : PEERS) {
            progress.accept("loading %s into %s".formatted(model.getFileName(), peer.name()));
            try {
                opened.add(
                        PeerProcess.start(
                                folder.get(), peer, model, threads, milliseconds, notes::add));
            } catch (PeerProcess.Failure e) {
                notes.add(
                        "%s does not run %s: %s"
                                .formatted(peer.name(), model.getFileName(), e.getMessage()));
            }
        }
        return opened;
    }

    /** What a reader of the figures must know. */
    List<String> notes() {
        return folder.isPresent() ? List.copyOf(notes) : List.of(HOW);
    }
}
