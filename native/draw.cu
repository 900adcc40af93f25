// Draws tokens by probability: temperature, the most probable ones, of these the fewest that have a share, and of
// what is left the one at a place, in the order of ids. Candidates.java does the same.
#include "draw_bins.cuh"

namespace consort::draw {

// As DrawRule.java writes it.
struct Rule {
    double share;    // of the probability, which the tokens that are kept have at least
    uint64_t key;    // of random numbers
    float factor;    // of the temperature; 0: the most probable token
    int kept;        // so many of the most probable tokens are kept
    int origin;      // what a row's position lacks to be that of the token in its answer
    int likelihood;  // 1: how probable the token was is wanted
};
static_assert(sizeof(Rule) == 32, "DrawRule writes 32 bytes");

struct Drawing {
    Room& room;
    const Part& part;
    float factor;
    Cut cut;
    uint64_t total = 0;  // weight of what is kept

    __device__ __forceinline__ Drawing(Room& shared, const Part& mine, float by)
        : room(shared), part(mine), factor(by) {}

    __device__ __forceinline__ void narrow(const Rule& rule) {
        bool few = rule.kept != NEVER;
        if (!few && rule.share >= 1) {
            return;
        }
        part.count(cut, factor, 0, 2 * DIGIT);
        Bins bins(room);
        total = bins.all.weight;
        if (few && rule.kept < bins.all.count) {
            narrow(bins, rule.kept, false);
        }
        if (rule.share < 1 && total > 0) {
            uint64_t wanted = __double2ull_rz(ceil(__dmul_rn(rule.share, __ull2double_rn(total))));
            wanted = wanted < 1 ? 1 : wanted;
            narrow(bins, wanted < total ? wanted : total, true);
        }
    }

    // Cuts off what comes after the token with which the number, or weight, reaches what is wanted.
    __device__ __forceinline__ void narrow(const Bins& coarse, uint64_t wanted, bool byWeight) {
        Found found = coarse.search(wanted, byWeight, 0);
        int distance = found.bin;
        Amount before = found.before;
#pragma unroll 1
        for (int shift = DIGIT; shift >= 0; shift -= DIGIT) {
            part.count(cut, factor, distance, shift);
            found = Bins(room).search(wanted - before.measure(byWeight), byWeight, 1);
            distance = distance * FINE + found.bin;
            before = before + found.before;
        }
        uint64_t weight = token_weights::weight(distance);
        uint64_t rest = wanted - before.measure(byWeight);
        uint32_t equals = (uint32_t)(byWeight ? (rest + weight - 1) / weight : rest);
        bool allOfThem = equals == found.inside.count;
        int last = distance == cut.distance ? cut.token : NEVER;
        cut = {distance, allOfThem ? last : equalAt(distance, equals - 1)};
        total = before.weight + equals * weight;
    }

    // The token of a distance that has so many others in front of it.
    __device__ __forceinline__ int equalAt(int distance, uint32_t others) const {
        auto one = [&](int, float logit) -> uint64_t {
            return token_weights::distance(part.highest, logit, factor) == distance ? 1 : 0;
        };
        return part.find(part.sum(one), others, one);
    }

    // The token at a fraction of what is left, in units of 2^-64; -1 where logits are no numbers.
    __device__ __forceinline__ int at(uint64_t fraction) const {
        auto weightOf = [&](int token, float logit) -> uint64_t {
            int distance = token_weights::distance(part.highest, logit, factor);
            return distance != NEVER && cut.keeps(distance, token) ? token_weights::weight(distance) : 0;
        };
        Sums sums = part.sum(weightOf);
        int token = part.find(sums, __umul64hi(fraction, sums.total), weightOf);
        return sums.bad ? -1 : token;
    }
};

// A team of blocks for each row (gridDim.y). `tokens` are the most probable ones, or -1 where logits are no numbers;
// what is drawn replaces them. Given positions, which are those after the step, `chosen` and `logprobs` have two
// places for each row, for even and odd positions before it; and what is no number has been said there already.
extern "C" __global__ void __launch_bounds__(THREADS, BLOCKS) CONSORT_TEAM
    draw_tokens(const float* logits, int vocabulary, const Rule* rules, float plainFactor, int* tokens,
                const int* positions, int* chosen, double* logprobs) {
    __shared__ Room room;
    letNextStart();
    awaitPrevious();
    int row = blockIdx.y;
    Rule rule = rules[row];
    int token = tokens[row];
    bool draws = rule.factor > 0;
    if (token < 0 || !(draws || rule.likelihood)) {
        return;
    }
    int position = positions == nullptr ? 0 : positions[row];
    int place = positions == nullptr ? row : 2 * row + ((position - 1) & 1);
    const float* mine = logits + (size_t)row * vocabulary;
    Part part(room, mine, vocabulary, __ldcg(mine + token));
    if (draws) {
        Drawing drawing(room, part, rule.factor);
        drawing.narrow(rule);
        token = drawing.at(token_weights::fraction(rule.key, position + rule.origin));
    }
    double logprob = 0;
    if (rule.likelihood && token >= 0) {
        Sums sums = part.sum([&](int, float logit) -> uint64_t {
            int distance = token_weights::distance(part.highest, logit, plainFactor);
            return distance != NEVER ? token_weights::weight(distance) : 0;
        });
        logprob = (double)__ldcg(mine + token) - part.highest - log((double)sums.total / token_weights::ONE);
        token = sums.bad || sums.total == 0 ? -1 : token;
    }
    team::meet();
    if (team::rank() == 0 && threadIdx.x == 0 && token >= 0) {
        tokens[row] = token;
        logprobs[place] = logprob;
        if (chosen != nullptr) {
            chosen[place] = token;
        }
    }
}

}  // namespace consort::draw
