package io.consort.runtime.backend.cpu;

import io.consort.runtime.backend.Activation;
import io.consort.runtime.backend.Attention;
import io.consort.runtime.backend.AttentionRule;
import io.consort.runtime.backend.Choice;
import io.consort.runtime.backend.Chosen;
import io.consort.runtime.backend.HeadNorms;
import io.consort.runtime.backend.Heads;
import io.consort.runtime.backend.KvStore;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;
import io.consort.runtime.backend.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operations of one model on the processor. */
final class CpuOperations implements Operations {

    /** Multiplications that take as long as one value of an activation. */
    private static final long GATING = 32;

    private final Products products;
    private final Scratch scratch;
    private final RawBytes raw = new RawBytes(1);
    private final List<CpuRows> stack = new ArrayList<>();
    private int top;
    private Step step = new Step(new int[0], List.of());
    private Angles angles = new Angles(step);
    private CpuKvStore store = new CpuKvStore(0, new Heads(1, 1, 1), 1);

    CpuOperations(Workers workers) {
        this.scratch = new Scratch(workers.count());
        this.products = new Products(workers);
    }

    @Override
    public void begin(Step next, KvStore nextStore) {
        step = next;
        angles = new Angles(next);
        store = (CpuKvStore) nextStore;
        top = 0;
    }

    @Override
    public int mark() {
        return top;
    }

    @Override
    public void release(int mark) {
        top = mark;
    }

    @Override
    public Rows embed(Linear embeddings, float scale) {
        CpuLinear table = (CpuLinear) embeddings;
        int width = table.in();
        CpuRows rows = take(step.rows(), width);
        for (int row = 0; row < step.rows(); row++) {
            lookUp(table, step.tokens()[row], rows.data(), row * width);
        }
        if (scale != 1) {
            Floats.scale(rows.data(), 0, rows.size(), scale);
        }
        return rows;
    }

    private void lookUp(CpuLinear table, int token, float[] target, int to) {
        int row = token;
        for (CpuLinear.Part part : table.parts()) {
            if (row < part.out()) {
                long element = (long) row * table.in();
                raw.expand(0, part.format(), part.data(), element, table.in(), target, to);
                return;
            }
            row -= part.out();
        }
        throw new IllegalArgumentException("there is no row %d".formatted(token));
    }

    @Override
    public Rows norm(Rows x, Norm norm) {
        CpuRows source = (CpuRows) x;
        CpuRows target = take(x.count(), x.width());
        for (int row = 0; row < x.count(); row++) {
            int place = row * x.width();
            ((CpuNorm) norm).apply(source.data(), place, target.data(), place);
        }
        return target;
    }

    @Override
    public Rows linear(Rows x, Linear linear) {
        CpuLinear matrix = (CpuLinear) linear;
        CpuRows source = (CpuRows) x;
        CpuRows target = take(x.count(), matrix.out());
        products.multiply(source, matrix, target);
        return target;
    }

    @Override
    public Rows attend(Rows queryKeyValue, Attention attention) {
        Heads heads = attention.heads();
        AttentionRule rule = attention.rule();
        attention.norms().ifPresent(norms -> normHeads(queryKeyValue, heads, norms));
        rotate(queryKeyValue, heads, angles.of(attention.rotation()));
        CpuRows mixed = take(step.rows(), heads.queryWidth());
        AttentionPass pass =
                new AttentionPass(
                        ((CpuRows) queryKeyValue).data(), store, attention.layer(), heads, rule);
        for (Step.Span span : step.spans()) {
            pass.keep(span);
        }
        for (Step.Span span : step.spans()) {
            int last = span.start() + span.rows() - 1;
            int seen = last + 1 - rule.firstVisible(last);
            long cost = 2L * span.rows() * heads.queryWidth() * seen;
            products.share(
                    span.rows() * heads.query(),
                    cost,
                    (worker, from, to) -> {
                        float[] scores = scratch.of(worker, AttentionPass.scratchFor(last));
                        for (int item = from; item < to; item++) {
                            int row = span.firstRow() + item / heads.query();
                            int head = item % heads.query();
                            int place = row * heads.queryWidth() + head * heads.size();
                            pass.attend(span, row, head, scores, mixed.data(), place);
                        }
                    });
        }
        return mixed;
    }

    @Override
    public Rows gate(Rows gateAndUp, Activation activation) {
        int width = gateAndUp.width() / 2;
        float[] source = ((CpuRows) gateAndUp).data();
        CpuRows target = take(gateAndUp.count(), width);
        products.share(
                gateAndUp.count(),
                GATING * target.size(),
                (worker, first, end) -> {
                    for (int row = first; row < end; row++) {
                        int from = row * 2 * width;
                        int to = row * width;
                        switch (activation) {
                            case SILU -> Gates.silu(source, from, width, target.data(), to);
                            case GELU_TANH ->
                                    Gates.geluTanh(source, from, width, target.data(), to);
                        }
                    }
                });
        return target;
    }

    @Override
    public void add(Rows x, Rows y) {
        Floats.add(((CpuRows) x).data(), ((CpuRows) y).data(), ((CpuRows) x).size());
    }

    @Override
    public Rows select(Rows x, int[] rows) {
        CpuRows target = take(rows.length, x.width());
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(
                    ((CpuRows) x).data(),
                    rows[i] * x.width(),
                    target.data(),
                    i * x.width(),
                    x.width());
        }
        return target;
    }

    @Override
    public void softCap(Rows x, float cap) {
        Floats.softCap(((CpuRows) x).data(), ((CpuRows) x).size(), cap);
    }

    @Override
    public Chosen choose(Rows x, List<Choice> choices) {
        return Chosen.plainly(
                choices,
                () -> {
                    int[] columns = new int[x.count()];
                    Arrays.setAll(
                            columns,
                            row ->
                                    Floats.largest(
                                            ((CpuRows) x).data(), row * x.width(), x.width()));
                    return columns;
                });
    }

    private static void normHeads(Rows queryKeyValue, Heads heads, HeadNorms norms) {
        float[] data = ((CpuRows) queryKeyValue).data();
        for (int row = 0; row < queryKeyValue.count(); row++) {
            for (int head = 0; head < heads.query() + heads.keyValue(); head++) {
                CpuNorm norm = (CpuNorm) (head < heads.query() ? norms.query() : norms.key());
                int place = row * heads.width() + head * heads.size();
                norm.apply(data, place, data, place);
            }
        }
    }

    private static void rotate(Rows queryKeyValue, Heads heads, Angles.Turns turns) {
        float[] data = ((CpuRows) queryKeyValue).data();
        int half = turns.pairs();
        for (int row = 0; row < queryKeyValue.count(); row++) {
            for (int head = 0; head < heads.query() + heads.keyValue(); head++) {
                int place = row * heads.width() + head * heads.size();
                for (int i = 0; i < half; i++) {
                    float cosine = turns.cosines()[row * half + i];
                    float sine = turns.sines()[row * half + i];
                    float left = data[place + i];
                    float right = data[place + half + i];
                    data[place + i] = left * cosine - right * sine;
                    data[place + half + i] = right * cosine + left * sine;
                }
            }
        }
    }

    private CpuRows take(int count, int width) {
        if (top == stack.size()) {
            stack.add(new CpuRows());
        }
        return stack.get(top++).shape(count, width);
    }
}
