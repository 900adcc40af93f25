import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import de.kherud.llama.args.LogFormat;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** llama.cpp as a peer of {@code consort bench cpu}; io.consort.runtime.bench.PeerProcess says how it is asked. */
final class LlamaCpp {

    private static final int BATCH = 8;
    private static final int CONTEXT = 128;
    private static final int PROMPT = 512;
    private static final int TOKENS = 12;

    private final LlamaModel model;
    private int prompts;

    private LlamaCpp(LlamaModel model) {
        this.model = model;
    }

    public static void main(String[] args) throws Exception {
        LlamaModel.setLogger(LogFormat.TEXT, (level, message) -> {});
        LlamaModel loaded;
        try {
            int threads = Integer.parseInt(args[1]);
            loaded =
                    new LlamaModel(
                            new ModelParameters()
                                    .setModel(args[0])
                                    .setThreads(threads)
                                    .setThreadsBatch(threads)
                                    .setCtxSize(BATCH * (PROMPT + CONTEXT))
                                    .setBatchSize(PROMPT)
                                    .setUbatchSize(PROMPT)
                                    .setParallel(BATCH));
        } catch (Throwable e) {
            System.out.println("! " + e);
            return;
        }
        System.out.println("= 0");
        LlamaCpp peer = new LlamaCpp(loaded);
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] words = line.split(" ");
            double speed =
                    words[0].equals("prefill")
                            ? peer.prefill()
                            : peer.decode(Integer.parseInt(words[1]));
            System.out.println("= " + speed);
        }
        Runtime.getRuntime().halt(0);
    }

    /** Tokens of a prompt per second: the time to its first token. */
    private double prefill() {
        long begin = System.nanoTime();
        LlamaIterator answer = model.generate(asked(PROMPT, 1)).iterator();
        while (answer.hasNext()) {
            answer.next();
        }
        return PROMPT / ((System.nanoTime() - begin) / 1e9);
    }

    /** Tokens per second from the first token that every sequence has to the last that every one has. */
    private double decode(int sequences) throws InterruptedException {
        long[][] times = new long[sequences][TOKENS + 1];
        CountDownLatch done = new CountDownLatch(sequences);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < sequences; i++) {
            long[] own = times[i];
            InferenceParameters asked = asked(CONTEXT, TOKENS + 1);
            threads.add(
                    Thread.ofPlatform()
                            .start(
                                    () -> {
                                        LlamaIterator answer = model.generate(asked).iterator();
                                        for (int token = 0; answer.hasNext(); token++) {
                                            answer.next();
                                            if (token < own.length) {
                                                own[token] = System.nanoTime();
                                            }
                                        }
                                        done.countDown();
                                    }));
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
        return tokens / ((end - begin) / 1e9);
    }

    /** A prompt of its own, whose every byte is a token, behind the one that begins a text. */
    private InferenceParameters asked(int tokens, int answer) {
        StringBuilder text = new StringBuilder(Integer.toString(prompts++)).append(' ');
        while (text.length() < tokens - 1) {
            text.append((char) ('!' + text.length() % 90));
        }
        return new InferenceParameters(text.substring(0, tokens - 1))
                .setNPredict(answer)
                .setTemperature(0)
                .setIgnoreEos(true)
                .setCachePrompt(false);
    }
}
