package io.consort.runtime.backend.cuda;

import io.consort.runtime.backend.Activation;
import io.consort.runtime.backend.Attention;
import io.consort.runtime.backend.Choice;
import io.consort.runtime.backend.Chosen;
import io.consort.runtime.backend.KvStore;
import io.consort.runtime.backend.Linear;
import io.consort.runtime.backend.Norm;
import io.consort.runtime.backend.Operations;
import io.consort.runtime.backend.Rows;
import io.consort.runtime.backend.Step;
import io.consort.runtime.backend.cuda.driver.Context;
import io.consort.runtime.backend.cuda.driver.CublasLt;
import io.consort.runtime.backend.cuda.driver.Element;
import io.consort.runtime.backend.cuda.driver.Stream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Operations of one model on a device. The residual stream and what is added to it are float32; what
 * products read is of the weights' own type. Steps with one new position for each of at most {@link
 * #MOST_RECORDED} sequences are recorded as graphs.
 */
final class CudaOperations implements Operations {

    /** Rows of the largest step that is recorded. */
    static final int MOST_RECORDED = 64;

    private final Context context;
    private final Convoys convoys;
    private final Precision precision;
    private final Supply supply;
    private final Stream stream;
    private final Scratch scratch;
    private final Launches launches;
    private final StepData data;
    private final Frequencies frequencies;
    private final Optional<Products> products;
    private final Matrices matrices;
    private final AttentionLaunches attentions;
    private final Programs programs;
    private final Records records;
    private final Decoding decoding;
    private final HostCopies host;
    private Step step = new Step(new int[0], List.of());
    private Optional<CudaKvStore> store = Optional.empty();
    private Element activation = Element.F32;
    private int generation;
    private boolean recordable;
    private boolean lengthsMatter;

    CudaOperations(
            Context context,
            Kernels kernels,
            Optional<CublasLt> library,
            Convoys convoys,
            Precision precision,
            Supply supply) {
        this.context = context;
        this.convoys = convoys;
        this.precision = precision;
        this.supply = supply;
        this.stream = Stream.create(context, Stream.Priority.HIGH);
        this.scratch = new Scratch(context);
        this.launches = new Launches(this, kernels, scratch, stream);
        this.data = new StepData(context, stream);
        this.frequencies = new Frequencies(context, stream);
        this.products = Products.open(library, stream);
        this.matrices =
                new Matrices(launches, products, new ThinProducts(launches, context.device()));
        this.attentions = new AttentionLaunches(launches, data, context.device());
        this.decoding = new Decoding(stream, launches, data, MOST_RECORDED);
        this.programs = new Programs(context, kernels, stream, decoding::choice);
        this.records = new Records(stream, scratch, programs);
        this.host = new HostCopies(stream, scratch, launches, decoding.draws());
    }

    @Override
    public void begin(Step next, KvStore nextStore) {
        context.makeCurrent();
        CudaKvStore cache = (CudaKvStore) nextStore;
        supply.begin();
        if (store.isEmpty() || store.get() != cache) {
            cache.whenClosed(() -> records.forget(cache));
        }
        step = next;
        store = Optional.of(cache);
        scratch.clear();
        frequencies.begin();
        if (!decoding.begin(next, cache)) {
            send();
        }
        recordable = data.isDecode() && next.rows() <= MOST_RECORDED;
    }

    private void send() {
        stream.synchronize();
        data.send(step);
        if (data.generation() != generation) {
            generation = data.generation();
            records.clear();
        }
    }

    @Override
    public int mark() {
        return scratch.mark();
    }

    @Override
    public void release(int mark) {
        scratch.release(mark);
    }

    @Override
    public Rows embed(Linear embeddings, float scale) {
        CudaLinear table = (CudaLinear) embeddings;
        activation = precision.activation(table.format());
        CudaRows rows = launches.take(step.rows(), table.in(), Element.F32);
        if (programs.isOpen()) {
            programs.open().embed(table, data.tokens(), rows, scale);
        } else {
            launches.embed(table, data.tokens(), rows, scale);
        }
        return rows;
    }

    @Override
    public Rows norm(Rows x, Norm norm) {
        CudaRows y = launches.take(x.count(), x.width(), activation);
        if (programs.isOpen()) {
            programs.open().norm((CudaRows) x, (CudaNorm) norm, y);
        } else {
            launches.norm(launches.convert((CudaRows) x, Element.F32), (CudaNorm) norm, y);
        }
        return y;
    }

    @Override
    public Rows linear(Rows x, Linear linear) {
        CudaRows y = launches.take(x.count(), linear.out(), Element.F32);
        multiply((CudaRows) x, (CudaLinear) linear, y, false);
        return y;
    }

    @Override
    public void addLinear(Rows x, Rows y, Linear linear) {
        multiply((CudaRows) y, (CudaLinear) linear, (CudaRows) x, true);
    }

    private void multiply(CudaRows x, CudaLinear linear, CudaRows y, boolean accumulates) {
        if (programs.isOpen()) {
            programs.open().linear(x, linear, y, accumulates);
            return;
        }
        matrices.multiply(x, linear, y, accumulates);
    }

    @Override
    public Rows attend(Rows queryKeyValue, Attention attention) {
        lengthsMatter |= attention.rotation().dependsOnLength();
        CudaRows packed = (CudaRows) queryKeyValue;
        CudaKvStore cache = store.orElseThrow();
        long rotation = frequencies.of(attention.rotation(), step, scratch);
        return programs.isOpen()
                ? attentions.put(programs.open(), packed, attention, cache, rotation, activation)
                : attentions.attend(packed, attention, cache, rotation, activation);
    }

    @Override
    public Rows gate(Rows gateAndUp, Activation kind) {
        CudaRows y = launches.take(gateAndUp.count(), gateAndUp.width() / 2, activation);
        if (!programs.refuse()) {
            launches.gate(launches.convert((CudaRows) gateAndUp, Element.F32), y, kind);
        }
        return y;
    }

    @Override
    public Rows gated(Rows x, Linear gateAndUp, Activation kind) {
        CudaLinear linear = (CudaLinear) gateAndUp;
        if (programs.isOpen()) {
            CudaRows y = launches.take(x.count(), linear.out() / 2, activation);
            programs.open().gated((CudaRows) x, linear, y, kind);
            return y;
        }
        return activation != Element.F32 && Matrices.gates(linear)
                ? matrices.gated((CudaRows) x, linear, kind)
                : gate(linear(x, gateAndUp), kind);
    }

    @Override
    public void add(Rows x, Rows y) {
        if (!programs.refuse()) {
            launches.add((CudaRows) x, (CudaRows) y);
        }
    }

    @Override
    public Rows select(Rows x, int[] rows) {
        CudaRows from = (CudaRows) x;
        CudaRows y = launches.take(rows.length, x.width(), from.element());
        launches.select(from, host.send(rows), y);
        return y;
    }

    @Override
    public void softCap(Rows x, float cap) {
        if (!programs.refuse()) {
            launches.softCap((CudaRows) x, cap);
        }
    }

    @Override
    public boolean chooses() {
        return true;
    }

    @Override
    public Chosen choose(Rows x, List<Choice> choices) {
        return decoding.chooses(x) ? decoding.choices(choices) : host.choose((CudaRows) x, choices);
    }

    @Override
    @SuppressWarnings("unchecked") // The same work gives results of the same type.
    public <T> T repeat(Object work, Supplier<T> body) {
        boolean records = recordable && !lengthsMatter && supply.isComplete();
        CudaKvStore cache = store.orElseThrow();
        Records.Key key =
                new Records.Key(work, step.rows(), cache, data.shares(), scratch.position());
        if (decoding.mustRunAnew(key, records)) {
            send();
        }
        Optional<Records.Kept> kept = records ? this.records.of(key, body) : Optional.empty();
        if (kept.isEmpty()) {
            return body.get();
        }
        decoding.run(new Ahead.Run(step, cache, key, kept.get()));
        scratch.moveTo(kept.get().end());
        return (T) kept.get().result();
    }

    @Override
    public Object kin() {
        return Programs.arePossible(context) ? convoys : this;
    }

    @Override
    public void hold() {
        decoding.hold();
    }

    @Override
    public void start(List<Operations> all, List<List<Choice>> choices) {
        var decodings = all.stream().map(one -> ((CudaOperations) one).decoding).toList();
        Decoding.start(decodings, choices, convoys);
    }

    @Override
    public void use(int part) {
        supply.await(part, stream);
    }

    @Override
    public void settle() {
        context.makeCurrent();
        stream.synchronize();
    }

    /** Values of rows on the host. */
    float[] read(CudaRows rows) {
        return host.read(rows);
    }

    /** Replaces the values of rows. */
    void write(CudaRows rows, float[] values) {
        host.write(rows, values);
    }

    /** How many pieces of work are recorded. */
    int recorded() {
        return records.count();
    }

    @Override
    public void close() {
        settle();
        records.close();
        decoding.close();
        products.ifPresent(Products::close);
        frequencies.close();
        data.close();
        launches.close();
        scratch.close();
        host.close();
        stream.close();
    }
}
