package io.consort.service.cli;

import io.consort.router.outcomes.EvalRouter;
import java.util.List;

/** {@code consort eval-router}: how good routing policies are on recorded outcomes. */
final class EvalRouterVerb implements Verb {

    @Override
    public String name() {
        return "eval-router";
    }

    @Override
    public String summary() {
        return "evaluates routing policies on recorded outcomes";
    }

    @Override
    public String help() {
        return EvalRouter.usage();
    }

    @Override
    public int run(List<String> arguments, Terminal terminal) {
        return EvalRouter.run(arguments, terminal.out(), terminal.err());
    }
}
