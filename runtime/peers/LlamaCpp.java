import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.LogFormat;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

/**
 * llama.cpp as a peer of {@code consort bench cpu}; io.consort.runtime.bench.PeerProcess says how it is
 * asked. Several sequences are decoded by an instance of its own with as many slots: slots share one
 * cache, so that a single sequence would read past the keys of the others. Prompts that an instance
 * has in its cache are not computed again before decoding.
 */
final class LlamaCpp {

    private static final int BATCH = 8;
    private static final int CONTEXT = 128;
    private static final int PROMPT = 512;
    private static final int TOKENS = 16;

    /** Tokens of the made-up model that are no whole text, which would be held back. */
    private static final List<Integer> NO_TEXT = IntStream.range(0, 3 + 256).boxed().toList();

    /** Tokens in front of a prompt's bytes: the beginning of a text, and a blank of three bytes. */
    private static final int LEADING = 4;

    private final String file;
    private final int threads;
    private final LlamaModel single;
    private LlamaModel several;

    private LlamaCpp(String file, int threads) {
        this.file = file;
        this.threads = threads;
        this.single = load(1);
    }

    private LlamaModel load(int slots) {
        return new LlamaModel(
                new ModelParameters()
                        .setModel(file)
                        .setThreads(threads)
                        .setThreadsBatch(threads)
                        .setCtxSize(slots == 1 ? 2 * PROMPT : slots * 2 * CONTEXT)
                        .setBatchSize(PROMPT)
                        .setUbatchSize(PROMPT)
                        .setParallel(slots));
    }

    public static void main(String[] args) throws Exception {
        LlamaModel.setLogger(LogFormat.TEXT, (level, message) -> {});
        LlamaCpp peer;
        try {
            peer = new LlamaCpp(args[0], Integer.parseInt(args[1]));
        } catch (Throwable e) {
            System.out.println("! " + e.getMessage());
            return;
        }
        System.out.println("= 0");
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            System.out.println(peer.answer(line.split(" ")));
        }
        Runtime.getRuntime().halt(0);
    }

    private String answer(String[] question) throws InterruptedException {
        if (question[0].equals("prefill")) {
            return "= " + prefill();
        }
        int sequences = Integer.parseInt(question[1]);
        if (sequences > 1 && several == null) {
            several = load(sequences);
        }
        double speed = decode(sequences == 1 ? single : several, sequences);
        return Double.isNaN(speed) ? "! it held tokens back" : "= " + speed;
    }

    /** Tokens of a prompt per second: the time to its first token. */
    private double prefill() {
        InferenceParameters asked = asked(0, PROMPT, 1).setCachePrompt(false);
        long begin = System.nanoTime();
        single.generate(asked).iterator().next();
        return PROMPT / ((System.nanoTime() - begin) / 1e9);
    }

    /** Tokens per second from the first token that every sequence has to the last that every one has. */
    private static double decode(LlamaModel model, int sequences) throws InterruptedException {
        long[][] times = new long[sequences][TOKENS + 1];
        CountDownLatch done = new CountDownLatch(sequences);
        for (int i = 0; i < sequences; i++) {
            long[] own = times[i];
            InferenceParameters asked = asked(i, CONTEXT, TOKENS + 1).setCachePrompt(true);
            Thread.ofPlatform()
                    .start(
                            () -> {
                                read(model.generate(asked).iterator(), own);
                                done.countDown();
                            });
        }
        done.await();
        long begin = Long.MIN_VALUE;
        long end = Long.MAX_VALUE;
        for (long[] own : times) {
            begin = Math.max(begin, own[0]);
            end = Math.min(end, own[TOKENS]);
        }
        int tokens = 0;
        for (long[] own : times) {
            for (long time : own) {
                tokens += time > begin && time <= end ? 1 : 0;
            }
        }
        return end > begin ? tokens / ((end - begin) / 1e9) : Double.NaN;
    }

    private static void read(LlamaIterator answer, long[] times) {
        for (int token = 0; answer.hasNext(); token++) {
            answer.next();
            if (token < times.length) {
                times[token] = System.nanoTime();
            }
        }
    }

    /** A prompt whose every byte is a token, which begins as no other sequence's. */
    private static InferenceParameters asked(int sequence, int tokens, int answer) {
        StringBuilder text = new StringBuilder();
        while (text.length() < tokens - LEADING) {
            text.append((char) ('!' + (sequence + text.length()) % 90));
        }
        return new InferenceParameters(text.toString())
                .setNPredict(answer)
                .setTemperature(0)
                .setIgnoreEos(true)
                .disableTokenIds(NO_TEXT);
    }
}
