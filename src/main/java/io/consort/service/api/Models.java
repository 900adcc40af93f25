package io.consort.service.api;

import io.consort.experts.PolicySettings;
import io.consort.service.roster.Roster;
import java.util.Optional;

/** Finds what a request's {@code model} stands for. */
public final class Models {

    private Models() {}

    /**
     * The policy that decides for this model.
     *
     * @throws ApiException 404 that lists what there is
     */
    public static PolicySettings policy(Roster roster, String model) {
        return roster.policy(model).orElseThrow(() -> unknown(roster, model));
    }

    /** Says that there is no such model, and which there are. */
    static ApiException unknown(Roster roster, String model) {
        String shown = model.length() <= 100 ? model : model.substring(0, 100) + "...";
        ApiError error =
                new ApiError(
                        404,
                        ApiError.INVALID_REQUEST,
                        there(roster)
                                .map(models ->
                                        "There is no model \"%s\"; use one of: %s."
                                                .formatted(shown, models))
                                .orElse(
                                        "There is no model \"%s\": this tenant's catalog has no experts."
                                                .formatted(shown)),
                        Optional.of("model"),
                        Optional.of("model_not_found"),
                        Optional.empty());
        return new ApiException(error);
    }

    private static Optional<String> there(Roster roster) {
        String models = String.join(", ", roster.models());
        return models.isEmpty() ? Optional.empty() : Optional.of(models);
    }
}
