"""An independent reference for the runtime: decoders as Hugging Face transformers defines them, in PyTorch.

Usage: python3 reference.py verify CHECKPOINT...   compares this reference with the golden answers beside checkpoints
       python3 reference.py make OUT_DIR           makes the small checkpoints listed in cases.py, with golden answers

It knows Llama, Mistral, Qwen2, Qwen3, Gemma 2, Gemma 3 (text) and Phi-3, in float32 with plain attention. The five
checkpoints that transformers itself made are what this reference is held against; the checkpoints that it makes
cover architectures and options that those five do not.
"""
import json
import math
import os
import struct
import sys

import numpy as np
import torch

DTYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64}
NAMES = {dtype: name for name, dtype in DTYPES.items()}


def read_safetensors(path):
    raw = open(path, "rb").read()
    size = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8:8 + size])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (8 + size + offset for offset in entry["data_offsets"])
            flat = torch.frombuffer(bytearray(raw[begin:end]), dtype=DTYPES[entry["dtype"]])
            tensors[name] = flat.reshape(entry["shape"])
    return tensors


def write_safetensors(path, tensors):
    header, offset, parts = {"__metadata__": {"format": "pt"}}, 0, []
    for name, tensor in sorted(tensors.items()):
        data = tensor.contiguous().view(torch.int16 if tensor.element_size() == 2 else tensor.dtype).numpy().tobytes()
        header[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
        parts.append(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))


def read_weights(folder):
    single = os.path.join(folder, "model.safetensors")
    if os.path.exists(single):
        return read_safetensors(single)
    index = json.load(open(os.path.join(folder, "model.safetensors.index.json")))
    weights = {}
    for shard in sorted(set(index["weight_map"].values())):
        weights.update(read_safetensors(os.path.join(folder, shard)))
    return weights


class Config:
    """config.json with the defaults that the architecture's configuration class has."""

    def __init__(self, raw):
        self.raw = raw
        self.kind = raw["model_type"]
        self.gemma = self.kind in ("gemma2", "gemma3_text")
        self.hidden, self.layers, self.vocab = raw["hidden_size"], raw["num_hidden_layers"], raw["vocab_size"]
        self.heads = raw["num_attention_heads"]
        self.kv_heads = raw.get("num_key_value_heads") or self.heads
        default = {"qwen3": 128, "gemma2": 256, "gemma3_text": 256}.get(self.kind, self.hidden // self.heads)
        self.head_dim = raw.get("head_dim") or default
        self.eps = raw.get("rms_norm_eps", 1e-5 if self.kind == "phi3" else 1e-6)
        self.tied = raw.get("tie_word_embeddings", self.gemma)
        self.positions = raw["max_position_embeddings"]
        scalar = raw.get("query_pre_attn_scalar", 256) if self.gemma else self.head_dim
        self.scale = scalar ** -0.5
        gemma2 = self.kind == "gemma2"
        self.attention_cap = raw.get("attn_logit_softcapping", 50.0 if gemma2 else None) if self.gemma else None
        self.logit_cap = raw.get("final_logit_softcapping", 30.0 if gemma2 else None) if self.gemma else None

    def layer_type(self, layer):
        raw = self.raw
        if self.kind in ("llama", "mistral", "phi3"):
            return "full_attention" if self.kind == "llama" or self.window() is None else "sliding_attention"
        if raw.get("layer_types"):
            return raw["layer_types"][layer]
        if self.kind == "gemma2":
            sliding = (layer + 1) % 2 != 0
        elif self.kind == "gemma3_text":
            sliding = (layer + 1) % raw.get("sliding_window_pattern", 6) != 0
        else:
            sliding = self.window() is not None and layer >= raw.get("max_window_layers", 28)
        return "sliding_attention" if sliding else "full_attention"

    def window(self):
        raw = self.raw
        if self.kind in ("qwen2", "qwen3") and not raw.get("use_sliding_window", False):
            return None
        return raw.get("sliding_window", None if self.kind in ("llama", "phi3") else 4096)

    def rope(self, layer_type):
        """The rotary parameters of a type of layer, as one dictionary."""
        raw = self.raw
        own = raw.get("rope_parameters") or {}
        nested = own.get(layer_type)
        if self.kind == "gemma3_text":
            local = layer_type == "sliding_attention"
            theta = raw.get("rope_local_base_freq", 10000.0) if local else raw.get("rope_theta", 1000000.0)
            given = dict(nested or {})
            if not local:
                given.update(raw.get("rope_scaling") or {})
        else:
            theta = raw.get("rope_theta", 10000.0)
            given = dict(raw.get("rope_scaling") or nested or own)
        given.setdefault("rope_theta", theta)
        given.setdefault("rope_type", given.get("type", "default"))
        given.setdefault("partial_rotary_factor", raw.get("partial_rotary_factor") or 1.0)
        if self.kind == "phi3":
            if given["rope_type"] in ("su", "yarn"):
                given["rope_type"] = "longrope"
            given["original_max_position_embeddings"] = raw.get("original_max_position_embeddings", 4096)
        given.setdefault("original_max_position_embeddings", self.positions)
        return given


def inverse_frequencies(config, rope, length):
    """Radians per position of each rotated pair, and the factor of cosines and sines."""
    kind, base = rope["rope_type"], rope["rope_theta"]
    dim = int(config.head_dim * rope["partial_rotary_factor"])
    exponents = torch.arange(0, dim, 2, dtype=torch.int64).float() / dim
    original = rope["original_max_position_embeddings"]
    if kind == "default":
        return 1.0 / base ** exponents, 1.0
    if kind == "linear":
        return 1.0 / base ** exponents / rope["factor"], 1.0
    if kind == "dynamic":
        longest, factor = max(length, config.positions), rope["factor"]
        base = base * ((factor * longest / config.positions) - (factor - 1)) ** (dim / (dim - 2))
        return 1.0 / base ** exponents, 1.0
    if kind == "llama3":
        return llama3_frequencies(1.0 / base ** exponents, rope, original), 1.0
    if kind == "yarn":
        return yarn_frequencies(config, rope, dim, base, original)
    if kind == "longrope":
        factor = rope.get("factor") or config.positions / original
        attention = rope.get("attention_factor")
        if attention is None:
            attention = 1.0 if factor <= 1.0 else math.sqrt(1 + math.log(factor) / math.log(original))
        divisors = torch.tensor(rope["long_factor" if length > original else "short_factor"], dtype=torch.float32)
        return 1.0 / (divisors * base ** exponents), attention
    raise ValueError(kind)


def llama3_frequencies(plain, rope, original):
    factor, low, high = rope["factor"], rope["low_freq_factor"], rope["high_freq_factor"]
    wavelength = 2 * math.pi / plain
    scaled = torch.where(wavelength > original / low, plain / factor, plain)
    smooth = (original / wavelength - low) / (high - low)
    between = (1 - smooth) * scaled / factor + smooth * scaled
    medium = ~(wavelength < original / high) & ~(wavelength > original / low)
    return torch.where(medium, between, scaled)


def yarn_frequencies(config, rope, dim, base, original):
    factor = rope.get("factor") or config.positions / original

    def magnitude(scale, by=1.0):
        return 1.0 if scale <= 1 else 0.1 * by * math.log(scale) + 1.0

    attention = rope.get("attention_factor")
    if attention is None:
        one, every = rope.get("mscale"), rope.get("mscale_all_dim")
        attention = magnitude(factor, one) / magnitude(factor, every) if one and every else magnitude(factor)

    def dimension(turns):
        return dim * math.log(original / (turns * 2 * math.pi)) / (2 * math.log(base))

    low, high = dimension(rope.get("beta_fast") or 32), dimension(rope.get("beta_slow") or 1)
    if rope.get("truncate", True):
        low, high = math.floor(low), math.ceil(high)
    low, high = max(low, 0), min(high, dim - 1)
    if low == high:
        high += 0.001
    ramp = torch.clamp((torch.arange(dim // 2, dtype=torch.float32) - low) / (high - low), 0, 1)
    wave = base ** (torch.arange(0, dim, 2).float() / dim)
    kept = 1 - ramp
    return 1.0 / (factor * wave) * (1 - kept) + 1.0 / wave * kept, attention


class Model:
    """Runs positions of one sequence; keys and values of earlier ones are in `cache`."""

    def __init__(self, raw, weights):
        self.c = Config(raw)
        self.w = {name: tensor.float() for name, tensor in weights.items()}

    def norm(self, x, name):
        weight = self.w[name + ".weight"]
        unit = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.c.eps)
        return unit * (1.0 + weight) if self.c.gemma else weight * unit

    def linear(self, x, name):
        return torch.nn.functional.linear(x, self.w[name + ".weight"], self.w.get(name + ".bias"))

    def rotate(self, x, cos, sin):
        width = cos.shape[-1]
        turned, rest = x[..., :width], x[..., width:]
        half = torch.cat((-turned[..., width // 2:], turned[..., :width // 2]), -1)
        return torch.cat((turned * cos + half * sin, rest), -1)

    def attention(self, x, layer, start, cache):
        c, path = self.c, f"model.layers.{layer}.self_attn"
        count = x.shape[0]
        if c.kind == "phi3":
            sizes = [c.heads * c.head_dim, c.kv_heads * c.head_dim, c.kv_heads * c.head_dim]
            q, k, v = self.linear(x, path + ".qkv_proj").split(sizes, -1)
        else:
            q, k, v = (self.linear(x, f"{path}.{part}_proj") for part in "qkv")
        q, k, v = (t.view(count, -1, c.head_dim).transpose(0, 1) for t in (q, k, v))
        if c.kind in ("qwen3", "gemma3_text"):
            q, k = self.norm(q, path + ".q_norm"), self.norm(k, path + ".k_norm")
        positions = torch.arange(start, start + count)
        inverse, factor = inverse_frequencies(c, c.rope(c.layer_type(layer)), start + count)
        angles = positions.float()[:, None] * inverse[None]
        angles = torch.cat((angles, angles), -1)
        cos, sin = angles.cos() * factor, angles.sin() * factor
        q, k = self.rotate(q, cos, sin), self.rotate(k, cos, sin)
        if layer in cache:
            k, v = torch.cat((cache[layer][0], k), 1), torch.cat((cache[layer][1], v), 1)
        cache[layer] = (k, v)
        group = c.heads // c.kv_heads
        k, v = k.repeat_interleave(group, 0), v.repeat_interleave(group, 0)
        scores = q @ k.transpose(1, 2) * c.scale
        if c.attention_cap is not None:
            scores = torch.tanh(scores / c.attention_cap) * c.attention_cap
        keys = torch.arange(start + count)
        visible = keys[None] <= positions[:, None]
        if c.layer_type(layer) == "sliding_attention" and c.window() is not None:
            visible &= positions[:, None] - keys[None] < c.window()
        scores = scores.masked_fill(~visible, torch.finfo(torch.float32).min)
        mixed = torch.softmax(scores, -1) @ v
        return self.linear(mixed.transpose(0, 1).reshape(count, -1), path + ".o_proj")

    def feed_forward(self, x, layer):
        path = f"model.layers.{layer}.mlp"
        if self.c.kind == "phi3":
            gate, up = self.linear(x, path + ".gate_up_proj").chunk(2, -1)
        else:
            gate, up = self.linear(x, path + ".gate_proj"), self.linear(x, path + ".up_proj")
        if self.c.gemma:
            cubic = gate + 0.044715 * gate.pow(3)
            active = 0.5 * gate * (1 + torch.tanh(math.sqrt(2 / math.pi) * cubic))
        else:
            active = torch.nn.functional.silu(gate)
        return self.linear(active * up, path + ".down_proj")

    def layer(self, x, layer, start, cache):
        path = f"model.layers.{layer}."
        attended = self.attention(self.norm(x, path + "input_layernorm"), layer, start, cache)
        if self.c.gemma:
            x = x + self.norm(attended, path + "post_attention_layernorm")
            fed = self.feed_forward(self.norm(x, path + "pre_feedforward_layernorm"), layer)
            return x + self.norm(fed, path + "post_feedforward_layernorm")
        x = x + attended
        return x + self.feed_forward(self.norm(x, path + "post_attention_layernorm"), layer)

    def forward(self, ids, start, cache):
        """Logits and hidden states of new positions."""
        x = self.w["model.embed_tokens.weight"][ids]
        if self.c.gemma:
            x = x * torch.tensor(self.c.hidden ** 0.5)
        states = [x]
        for layer in range(self.c.layers):
            x = self.layer(x, layer, start, cache)
            states.append(x)
        states[-1] = self.norm(x, "model.norm")
        head = self.w["model.embed_tokens.weight" if self.c.tied else "lm_head.weight"]
        logits = states[-1] @ head.T
        if self.c.logit_cap is not None:
            logits = torch.tanh(logits / self.c.logit_cap) * self.c.logit_cap
        return logits, states

    def greedy(self, ids, count):
        """Ids chosen with a cache, which Phi-3 drops when it switches to its long factors."""
        ids, start, cache = list(ids), 0, {}
        for _ in range(count):
            original = self.c.rope("full_attention")["original_max_position_embeddings"]
            if self.c.kind == "phi3" and 0 < start <= original < len(ids):
                start, cache = 0, {}
            logits, _ = self.forward(torch.tensor(ids[start:]), start, cache)
            start = len(ids)
            ids.append(int(logits[-1].argmax()))
        return ids

    def golden(self, ids, prompt, count):
        logits, states = self.forward(ids, 0, {})
        tensors = {"input_ids": ids, "logits": logits,
                   "greedy_ids": torch.tensor(self.greedy(ids[:prompt].tolist(), count))}
        tensors.update({f"hidden.{i}": state for i, state in enumerate(states)})
        return tensors


def verify(folder):
    raw = json.load(open(os.path.join(folder, "config.json")))
    wanted = read_safetensors(os.path.join(folder, "golden.safetensors"))
    made = Model(raw, read_weights(folder)).golden(wanted["input_ids"], 16, len(wanted["greedy_ids"]) - 16)
    worst = 0.0
    for name, tensor in wanted.items():
        if tensor.dtype == torch.float32:
            worst = max(worst, ((made[name] - tensor).abs() / (1 + tensor.abs())).max().item())
    equal = torch.equal(made["greedy_ids"], wanted["greedy_ids"])
    good = worst < 1e-4 and equal
    print(f"{folder}: largest relative deviation {worst:.2e}, greedy ids {'equal' if equal else 'DIFFER'}")
    return good


if __name__ == "__main__":
    torch.set_grad_enabled(False)
    torch.set_num_threads(1)
    if len(sys.argv) >= 3 and sys.argv[1] == "verify":
        sys.exit(0 if all([verify(folder) for folder in sys.argv[2:]]) else 1)
    if len(sys.argv) == 3 and sys.argv[1] == "make":
        import cases
        cases.make(sys.argv[2])
        sys.exit(0)
    sys.exit(__doc__)
