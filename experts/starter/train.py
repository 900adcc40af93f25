"""Trains a starter expert on the CPU.

    python3 train.py abacus --minutes 90 --seed 7 --run runs/abacus

The learning rate is a function of the time that has passed: warm-up, constant, then linear decay to zero
over the last part (--cooldown), so a run ends on time. A run that was stopped (SIGTERM) is resumed by the same command; the file
RUN/control.json, e.g. {"minutes": 60, "cooldown": 15, "weights": {"add": 2}}, changes the plan of a run under way.
Matrices inside the layers are trained with Muon, everything else with AdamW.
"""
import argparse
import importlib
import json
import os
import random
import signal
import time

import torch
import torch.nn.functional as F

import evaluate
from export import export
from model import Config, Decoder
from tokenizer import Tokenizer, build

KINDS = {"abacus": "llama", "lexis": "qwen2", "atlas": "gemma2"}
SHAPES = {"abacus": dict(hidden=160, layers=4, heads=5, kv_heads=5, head_dim=32, ffn=448),
          "lexis": dict(hidden=128, layers=5, heads=4, kv_heads=4, head_dim=32, ffn=384),
          "atlas": dict(hidden=192, layers=4, heads=6, kv_heads=3, head_dim=32, ffn=512)}
VOCAB = {"abacus": 800, "lexis": 260, "atlas": 3000}
BATCH_TOKENS = {"abacus": 3000, "lexis": 3500, "atlas": 2500}
MICRO_TOKENS = 800      # a step's examples, sorted by length, are run in parts of about this size


# ---------------------------------------------------------------- optimizers
def orthogonal(m, steps=5):
    """Newton-Schulz: a batch of matrices (rows <= columns) to about the nearest semi-orthogonal ones."""
    x = m.bfloat16()
    x = x / (m.flatten(1).norm(dim=1)[:, None, None] + 1e-7).bfloat16()
    for _ in range(steps):
        a = torch.bmm(x, x.transpose(1, 2))
        b = -4.7750 * a + 2.0315 * torch.bmm(a, a)
        x = 3.4445 * x + torch.bmm(b, x)
    return x.float()


class Optimizer:
    """Muon for the layers' matrices (each projection for itself), AdamW for the rest."""

    def __init__(self, model, muon_rate, adam_rate, decay, momentum=0.95, betas=(0.9, 0.98)):
        self.muon_rate, self.adam_rate, self.decay = muon_rate, adam_rate, decay
        self.momentum, self.betas, self.step_number = momentum, betas, 0
        c = model.c
        q, kv = c.heads * c.head_dim, c.kv_heads * c.head_dim
        self.matrices, self.rest = [], []
        for name, p in model.named_parameters():
            if p.dim() == 2 and name.startswith("layers."):
                rows = [q, kv, kv] if "qkv" in name else [c.ffn, c.ffn] if "gate_up" in name else [p.shape[0]]
                self.matrices.append((p, rows))
            else:
                self.rest.append((p, p.dim() == 2))
        self.moments = [torch.zeros_like(p) for p, _ in self.matrices]
        self.first = [torch.zeros_like(p) for p, _ in self.rest]
        self.second = [torch.zeros_like(p) for p, _ in self.rest]

    @torch.no_grad()
    def step(self, factor):
        self.step_number += 1
        groups = {}
        for (p, rows), m in zip(self.matrices, self.moments):
            m.lerp_(p.grad, 1 - self.momentum)
            update = p.grad.lerp(m, self.momentum)
            p.mul_(1 - factor * self.muon_rate * self.decay)
            for place, block in zip(p.split(rows), update.split(rows)):
                tall = block.shape[0] > block.shape[1]
                block = block.t() if tall else block
                groups.setdefault(tuple(block.shape), []).append((place, block, tall))
        for items in groups.values():
            turned = orthogonal(torch.stack([block for _, block, _ in items]))
            for (place, _, tall), o in zip(items, turned):
                o = o.t() if tall else o
                scale = max(1.0, place.shape[0] / place.shape[1]) ** 0.5
                place.add_(o, alpha=-factor * self.muon_rate * scale)
        b1, b2 = self.betas
        correct = (1 - b2 ** self.step_number) ** 0.5 / (1 - b1 ** self.step_number)
        for (p, is_matrix), m, v in zip(self.rest, self.first, self.second):
            m.lerp_(p.grad, 1 - b1)
            v.mul_(b2).addcmul_(p.grad, p.grad, value=1 - b2)
            if is_matrix:
                p.mul_(1 - factor * self.adam_rate * self.decay)
            p.addcdiv_(m, v.sqrt().add_(1e-9), value=-factor * self.adam_rate * correct)

    def state(self):
        return {"moments": self.moments, "first": self.first, "second": self.second, "step": self.step_number}

    def load(self, state):
        for mine, theirs in ((self.moments, state["moments"]), (self.first, state["first"]),
                             (self.second, state["second"])):
            for a, b in zip(mine, theirs):
                a.copy_(b)
        self.step_number = state["step"]


# ---------------------------------------------------------------- data
class Stream:
    """Fresh training examples; families with many wrong answers come more often."""

    def __init__(self, expert, tokenizer, seed):
        self.expert, self.tokenizer, self.rng = expert, tokenizer, random.Random(seed)
        self.base = {f: expert.weights.get(f, 1.0) for f in expert.FAMILIES}
        self.right = {f: 0.0 for f in expert.FAMILIES}

    def weights(self):
        return {f: self.base[f] * (0.15 + (1 - self.right[f]) ** 0.7) for f in self.base}

    def note(self, family, good):
        """Running share of training examples whose answer tokens are all right."""
        self.right[family] += 0.01 * (good - self.right[family])

    def batch(self, tokens, micro):
        """Micro-batches of (ids, flat positions that predict, targets, owners, families), sorted by length."""
        w = self.weights()
        names, shares, rows, total = list(w), list(w.values()), [], 0
        while total < tokens:
            family = self.rng.choices(names, shares)[0]
            if hasattr(self.expert, "lesson"):
                question, thought, answer = self.expert.lesson(self.rng, family, False)
                answer = thought + answer
            else:
                question, answer = self.expert.example(self.rng, family, False)
            prompt, target = self.tokenizer.prompt(question), self.tokenizer.answer(answer)
            rows.append((prompt + target[:-1], len(prompt), target, family))
            total += len(rows[-1][0])
        rows.sort(key=lambda r: len(r[0]))
        parts, part, used = [], [], 0
        for row in rows:
            part.append(row)
            used += len(row[0])
            if used >= total / micro:
                parts.append(part)
                part, used = [], 0
        if part:
            parts.append(part)
        return [self.tensors(p) for p in parts], sum(len(r[2]) for r in rows)

    @staticmethod
    def tensors(rows):
        width = len(rows[-1][0])
        ids = torch.tensor([r[0] + [0] * (width - len(r[0])) for r in rows])
        places, targets, owners = [], [], []
        for i, (_, prompt, target, _) in enumerate(rows):
            places.extend(range(i * width + prompt - 1, i * width + prompt - 1 + len(target)))
            targets.extend(target)
            owners.extend([i] * len(target))
        return ids, torch.tensor(places), torch.tensor(targets), torch.tensor(owners), [r[3] for r in rows]


# ---------------------------------------------------------------- training
def factor_at(minutes, plan):
    """Share of the full learning rate after so many minutes."""
    warm = min(1.0, (minutes + 0.05) / plan["warm"])
    left = (plan["minutes"] - minutes) / max(plan["cooldown"], 1e-6)
    return max(0.0, min(warm, left, 1.0))


def get_tokenizer(name, expert, run, seed):
    path = os.path.join(run, "tokenizer.json")
    if not os.path.exists(path):
        rng = random.Random(seed)
        families = [f for f in expert.FAMILIES for _ in range(max(1, 40000 // len(expert.FAMILIES)))]
        build(name, [expert.example(rng, f, False) for f in families], VOCAB[name],
              getattr(expert, "COMMON", ()), getattr(expert, "THOUGHT_SIGNS", "")).save(path)
    return Tokenizer.load(name, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=sorted(KINDS))
    parser.add_argument("--minutes", type=float, default=90)
    parser.add_argument("--cooldown", type=float, default=25, help="minutes of the final decay")
    parser.add_argument("--warm", type=float, default=1.5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--run", default=None, help="folder for checkpoints and the log (default runs/NAME)")
    parser.add_argument("--muon", type=float, default=0.02)
    parser.add_argument("--adam", type=float, default=0.003)
    parser.add_argument("--decay", type=float, default=0.02)
    parser.add_argument("--eval-every", type=float, default=5, help="minutes")
    options = parser.parse_args()
    run = options.run or os.path.join("runs", options.name)
    os.makedirs(run, exist_ok=True)
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    expert = importlib.import_module(options.name)
    tokenizer = get_tokenizer(options.name, expert, run, options.seed)
    model = Decoder(Config(KINDS[options.name], len(tokenizer), **SHAPES[options.name]))
    optimizer = Optimizer(model, options.muon, options.adam, options.decay)
    checkpoint = os.path.join(run, "checkpoint.pt")
    elapsed = tokens = step = starts = 0
    if os.path.exists(checkpoint):
        saved = torch.load(checkpoint)
        model.load_state_dict(saved["model"])
        optimizer.load(saved["optimizer"])
        elapsed, tokens, step, starts = saved["elapsed"], saved["tokens"], saved["step"], saved["starts"] + 1
    stream = Stream(expert, tokenizer, options.seed + 1000 * starts)
    if starts:
        stream.right.update({f: r for f, r in saved["right"].items() if f in stream.right})
    plan = {"minutes": options.minutes, "cooldown": options.cooldown, "warm": options.warm}
    log = open(os.path.join(run, "log.txt"), "a")

    def say(text):
        line = time.strftime("%H:%M:%S ") + text
        print(line, flush=True)
        print(line, file=log, flush=True)

    def save():
        state = {"model": model.state_dict(), "optimizer": optimizer.state(), "elapsed": elapsed, "tokens": tokens,
                 "step": step, "starts": starts, "right": stream.right}
        torch.save(state, checkpoint + ".part")
        os.replace(checkpoint + ".part", checkpoint)

    def test(each):
        triples = evaluate.questions(expert, each, 12345)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            by_family, wrong = evaluate.score(expert, model, tokenizer, triples)
        say("held out: all %.3f  %s" % (sum(by_family.values()) / len(by_family),
                                       "  ".join("%s %.2f" % pair for pair in by_family.items())))
        with open(os.path.join(run, "wrong.txt"), "w") as out:
            for item in wrong:
                print("%s: %r -> %r, should be %r" % (item[0], item[1], item[3], item[2]), file=out)
        export(model, tokenizer, os.path.join(run, "export"))

    say("%s: %d parameters, vocabulary %d, start %d at %.1f minutes" % (
        options.name, sum(p.numel() for p in model.parameters()), len(tokenizer), starts, elapsed))
    base, begun = elapsed, time.time()
    last_log = last_save = last_test = elapsed
    losses, data_time, log_tokens = [], 0.0, 0
    stopped = []
    signal.signal(signal.SIGTERM, lambda *_: stopped.append(True))
    while elapsed < plan["minutes"]:
        if stopped:
            save()
            say("stopped at %.1f minutes" % elapsed)
            return
        t = time.time()
        size = BATCH_TOKENS[options.name]
        micro, count = stream.batch(size, max(2, size // MICRO_TOKENS))
        data_time += time.time() - t
        total = 0.0
        for ids, places, targets, owners, families in micro:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(ids, places)
                loss = F.cross_entropy(logits, targets, reduction="sum") / count
            loss.backward()
            total += float(loss.detach())
            misses = torch.zeros(len(families)).index_add_(
                0, owners, (logits.detach().argmax(-1) != targets).float())
            for family, m in zip(families, misses.tolist()):
                stream.note(family, 1.0 if m == 0 else 0.0)
            tokens += ids.numel()
            log_tokens += ids.numel()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        factor = factor_at(elapsed, plan)
        optimizer.step(factor)
        for p in model.parameters():
            p.grad = None
        step += 1
        losses.append(total)
        elapsed = base + (time.time() - begun) / 60
        if elapsed - last_log >= 1:
            say("%5.1f min  step %d  %.2fM tokens  %d tokens/s  data %.0f %%  loss %.4f  norm %.2f  rate %.2f  %s" % (
                elapsed, step, tokens / 1e6, log_tokens / (elapsed - last_log) / 60,
                100 * data_time / (elapsed - last_log) / 60, sum(losses) / len(losses), float(norm), factor,
                " ".join("%s %.2f" % (f[:9], r) for f, r in stream.right.items())))
            last_log, losses, data_time, log_tokens = elapsed, [], 0.0, 0
            control = os.path.join(run, "control.json")
            if os.path.exists(control):
                with open(control) as source:
                    plan.update(json.load(source))
                stream.base.update(plan.get("weights", {}))
        if elapsed - last_save >= 3:
            save()
            last_save = elapsed
        if elapsed - last_test >= options.eval_every:
            save()
            test(40)
            elapsed = base + (time.time() - begun) / 60
            last_test = last_save = elapsed
    save()
    test(150)
    say("done: %d steps, %.2fM tokens, %.1f minutes" % (step, tokens / 1e6, elapsed))


if __name__ == "__main__":
    main()
