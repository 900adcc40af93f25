package io.consort.router.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who answers a query, and why.
 *
 * @param policy id of the policy that decided
 * @param version of that policy, see {@link Policy#version}
 * @param category of the query; empty where the policy abstained or did not ask for one
 * @param probability of the category, or of none where the policy abstained; 1 where the policy did
 *     not ask
 * @param abstained whether the query was found to belong to no category
 * @param experts ids to ask, the first choice first; empty when nobody here can answer
 * @param propensity the probability with which this policy makes this choice for this query, in (0,
 *     1]
 * @param reasons plain sentences for people, in the order of the argument
 * @param escalation present where every expert but the last must be confident of its answer
 */
public record Decision(
        String policy,
        String version,
        Optional<String> category,
        double probability,
        boolean abstained,
        List<String> experts,
        double propensity,
        List<String> reasons,
        Optional<Escalation> escalation) {

    public Decision {
        experts = List.copyOf(experts);
        reasons = List.copyOf(reasons);
    }

    /**
     * The same decision with its experts in another order.
     *
     * @param reason why
     */
    public Decision reordered(List<String> next, String reason) {
        List<String> more = new ArrayList<>(reasons);
        more.add(reason);
        return new Decision(
                policy,
                version,
                category,
                probability,
                abstained,
                next,
                propensity,
                more,
                escalation);
    }

    /** The same decision with one more reason. */
    public Decision because(String reason) {
        return reordered(experts, reason);
    }

    /** A decision of a policy that did not ask for a category. */
    static Decision uncategorised(
            Policy policy, List<String> experts, double propensity, List<String> reasons) {
        return new Decision(
                policy.id(),
                policy.version(),
                Optional.empty(),
                1,
                false,
                experts,
                propensity,
                reasons,
                Optional.empty());
    }
}
