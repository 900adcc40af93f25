package io.consort.runtime.local;

import io.consort.experts.chat.ChatExpert;
import io.consort.experts.chat.ChatExpertContract;
import io.consort.runtime.engine.Engine;
import io.consort.runtime.engine.EngineModel;
import io.consort.runtime.engine.EngineSettings;
import io.consort.runtime.model.FakeDecoder;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LocalExpertContractTest extends ChatExpertContract {

    private static final int END = 256;
    private static final int BLOCKS = 8_192;

    private final Engine engine = Engine.start("test", EngineSettings.DEFAULT);
    private final FakeDecoder brief =
            new FakeDecoder(
                    257,
                    256,
                    Set.of(END),
                    tokens -> tokens.length < 19 ? 'a' + tokens.length : END);
    private final FakeDecoder endless =
            new FakeDecoder(257, BLOCKS * 16, Set.of(), tokens -> 'a' + tokens.length % 26);
    private final EngineModel briefModel = engine.add(brief, 256);
    private final EngineModel endlessModel = engine.add(endless, BLOCKS);
    private final ChatExpert expert = LocalModels.expert(engine, briefModel);
    private final ChatExpert endlessExpert = LocalModels.expert(engine, endlessModel);

    @AfterEach
    void close() {
        expert.close();
        endlessExpert.close();
        engine.close();
    }

    @Override
    protected ChatExpert expert() {
        return expert;
    }

    @Override
    protected ChatExpert endlessExpert() {
        return endlessExpert;
    }

    @Override
    protected int working() {
        return busy(briefModel.load()) + busy(endlessModel.load());
    }

    @Override
    protected long made() {
        return brief.made() + endless.made();
    }

    @Override
    protected long mostMadeUnasked() {
        return 64;
    }

    private static int busy(EngineModel.Load load) {
        return load.waiting() + load.running();
    }
}
