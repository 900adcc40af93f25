"""Greedy accuracy of a checkpoint folder on held-out questions.

    python3 evaluate.py abacus FOLDER [--each 200] [--failures 20]
"""
import argparse
import importlib
import json
import os
import random

import torch

from export import load_rounded
from model import Config, Decoder
from tokenizer import END, PAD, Tokenizer


def questions(expert, each, seed, held_out=True):
    """(family, question, answer) triples, `each` of every family."""
    rng = random.Random(seed)
    return [(f, *expert.example(rng, f, held_out)) for f in expert.FAMILIES for _ in range(each)]


def answers(model, tokenizer, asked, batch=160):
    """The model's replies, in the order of the questions."""
    prompts = [tokenizer.prompt(q) for q in asked]
    order = sorted(range(len(asked)), key=lambda i: len(prompts[i]))
    replies = [None] * len(asked)
    for at in range(0, len(order), batch):
        rows = order[at:at + batch]
        for i, ids in zip(rows, model.generate([prompts[i] for i in rows], END, pad=PAD)):
            replies[i] = tokenizer.decode(ids)
    return replies


def score(expert, model, tokenizer, triples):
    """family -> accuracy, and the list of (family, question, answer, reply) that are wrong."""
    replies = answers(model, tokenizer, [q for _, q, _ in triples])
    right, total, wrong = {}, {}, []
    for (family, question, answer), reply in zip(triples, replies):
        good = expert.check(family, question, answer, reply)
        right[family] = right.get(family, 0) + bool(good)
        total[family] = total.get(family, 0) + 1
        if not good:
            wrong.append((family, question, answer, reply))
    return {f: right[f] / total[f] for f in total}, wrong


def load(name, folder):
    """Model and tokenizer of a folder that `export.py` wrote."""
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as source:
        c = json.load(source)
    heads = c["num_attention_heads"]
    config = Config(c["model_type"], c["vocab_size"], c["hidden_size"], c["num_hidden_layers"], heads,
                    c["num_key_value_heads"], c.get("head_dim", c["hidden_size"] // heads), c["intermediate_size"],
                    c["max_position_embeddings"], c["rope_theta"], c["rms_norm_eps"])
    config.window = c.get("sliding_window") or config.window
    model = load_rounded(Decoder(config), os.path.join(folder, "model.safetensors"))
    return model, Tokenizer.load(name, os.path.join(folder, "tokenizer.json"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=["abacus", "lexis", "atlas"])
    parser.add_argument("folder")
    parser.add_argument("--each", type=int, default=200)
    parser.add_argument("--seed", type=int, default=99)
    parser.add_argument("--failures", type=int, default=0, help="how many wrong replies of a family to print")
    parser.add_argument("--train-phrasings", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    expert = importlib.import_module(options.name)
    model, tokenizer = load(options.name, options.folder)
    by_family, wrong = score(expert, model, tokenizer,
                             questions(expert, options.each, options.seed, not options.train_phrasings))
    for family, share in by_family.items():
        print("%-22s %6.2f %%" % (family, 100 * share))
        for item in [w for w in wrong if w[0] == family][:options.failures]:
            print("     %r -> %r, should be %r" % (item[1], item[3], item[2]))
    print("%-22s %6.2f %%" % ("all", 100 * sum(by_family.values()) / len(by_family)))


if __name__ == "__main__":
    main()
