"""Small decoders with the arithmetic of Hugging Face's Llama, Qwen2 and Gemma 2 classes.

One module covers the three architectures. Projections that read the same input are kept in one
matrix (`qkv`, `gate_up`) and are taken apart when the checkpoint is written (`export.py`).
"""
import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import nn


@dataclass
class Config:
    """What decides the shape of a model; `kind` is 'llama', 'qwen2' or 'gemma2'."""
    kind: str
    vocab: int
    hidden: int = 192
    layers: int = 5
    heads: int = 6
    kv_heads: int = 6
    head_dim: int = 32
    ffn: int = 512
    positions: int = 512
    theta: float = 10000.0
    eps: float = 1e-6
    window: int = 64            # Gemma 2: width of the layers with a sliding window (the even ones)
    attn_cap: float = 50.0      # Gemma 2: soft cap of the attention scores
    final_cap: float = 30.0     # Gemma 2: soft cap of the logits

    @property
    def gemma(self):
        return self.kind == "gemma2"

    def as_dict(self):
        return asdict(self)


def working_dtype():
    return torch.bfloat16 if torch.is_autocast_cpu_enabled() else torch.float32


class NormFunction(torch.autograd.Function):
    """x / rms(x) * weight with few passes over the memory; computed in float32."""

    @staticmethod
    def forward(ctx, x, weight, eps, dtype):
        x = x.float()
        scale = torch.rsqrt(torch.linalg.vector_norm(x, dim=-1, keepdim=True).pow_(2).div_(x.shape[-1]).add_(eps))
        unit = x * scale
        ctx.save_for_backward(unit, scale, weight)
        return (unit * weight).to(dtype)

    @staticmethod
    def backward(ctx, grad):
        unit, scale, weight = ctx.saved_tensors
        grad = grad.float()
        product = grad * unit
        grad_weight = product.reshape(-1, unit.shape[-1]).sum(0)
        inner = torch.mv(product.view(-1, unit.shape[-1]), weight).view(scale.shape).div_(-unit.shape[-1])
        grad_x = torch.addcmul(grad.mul(weight), unit, inner.expand_as(unit)).mul_(scale)
        return grad_x, grad_weight, None, None


class GateFunction(torch.autograd.Function):
    """silu(gate) * up, computed in float32."""

    @staticmethod
    def forward(ctx, gate_up):
        ctx.save_for_backward(gate_up)
        gate, up = gate_up.float().chunk(2, -1)
        return torch.sigmoid(gate).mul_(gate).mul_(up).to(gate_up.dtype)

    @staticmethod
    def backward(ctx, grad):
        gate_up, = ctx.saved_tensors
        gate, up = gate_up.float().chunk(2, -1)
        grad = grad.float()
        s = torch.sigmoid(gate)
        silu = s * gate
        slope = torch.addcmul(s, silu, 1.0 - s)
        both = torch.cat([slope.mul_(up).mul_(grad), silu.mul_(grad)], -1)
        return both.to(gate_up.dtype)


class RMSNorm(nn.Module):
    """x / rms(x) * w, or (1 + w) for Gemma."""

    def __init__(self, size, eps, one_plus):
        super().__init__()
        self.eps, self.one_plus = eps, one_plus
        self.weight = nn.Parameter(torch.zeros(size) if one_plus else torch.ones(size))

    def forward(self, x):
        weight = 1.0 + self.weight if self.one_plus else self.weight
        return NormFunction.apply(x, weight, self.eps, working_dtype())


class Linear(nn.Module):
    """A matrix of shape (out, in) with an optional bias."""

    def __init__(self, n_in, n_out, bias=False, std=None):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(n_out, n_in) * (std or n_in ** -0.5))
        self.bias = nn.Parameter(torch.zeros(n_out)) if bias else None

    def forward(self, x):
        return F.linear(x, self.weight, self.bias)


def rope_table(config, device=None):
    """cos and sin of shape (positions, head_dim), both halves alike, as HF's rotate_half expects."""
    inv = 1.0 / config.theta ** (torch.arange(0, config.head_dim, 2).float() / config.head_dim)
    angle = torch.arange(config.positions).float()[:, None] * inv[None]
    angle = torch.cat([angle, angle], -1)
    return angle.cos(), angle.sin()


def rotate(x, cos, sin):
    half = x.shape[-1] // 2
    return x * cos + torch.cat([-x[..., half:], x[..., :half]], -1) * sin


class Layer(nn.Module):
    def __init__(self, c, index):
        super().__init__()
        self.c = c
        self.sliding = c.gemma and index % 2 == 0
        width = c.heads * c.head_dim
        deep = (2 * c.layers) ** -0.5
        self.qkv = Linear(c.hidden, width + 2 * c.kv_heads * c.head_dim, bias=c.kind == "qwen2")
        self.out = Linear(width, c.hidden, std=width ** -0.5 * deep)
        self.gate_up = Linear(c.hidden, 2 * c.ffn)
        self.down = Linear(c.ffn, c.hidden, std=c.ffn ** -0.5 * deep)
        norm = lambda: RMSNorm(c.hidden, c.eps, c.gemma)
        self.norm_attn, self.norm_mlp = norm(), norm()
        if c.gemma:
            self.post_attn, self.post_mlp = norm(), norm()

    def attend(self, x, cos, sin, mask, cache):
        c = self.c
        batch, length, _ = x.shape
        heads = self.qkv(x).view(batch, length, c.heads + 2 * c.kv_heads, c.head_dim).transpose(1, 2)
        turned = rotate(heads[:, :c.heads + c.kv_heads], cos, sin)
        q, k, v = turned[:, :c.heads], turned[:, c.heads:], heads[:, c.heads + c.kv_heads:]
        if cache is not None:
            k, v = cache.extend(self, k, v)
        if c.kv_heads != c.heads:
            repeat = c.heads // c.kv_heads
            k, v = k.repeat_interleave(repeat, 1), v.repeat_interleave(repeat, 1)
        scores = torch.matmul(q * c.head_dim ** -0.5, k.transpose(-1, -2)).float()
        if c.gemma:
            scores = torch.tanh(scores / c.attn_cap) * c.attn_cap
        weights = torch.softmax(scores + mask, -1).to(v.dtype)
        mixed = torch.matmul(weights, v).transpose(1, 2).reshape(batch, length, -1)
        return self.out(mixed)

    def mlp(self, x):
        both = self.gate_up(x)
        if self.c.gemma:
            gate, up = both.chunk(2, -1)
            return self.down(F.gelu(gate, approximate="tanh") * up)
        return self.down(GateFunction.apply(both))

    def forward(self, x, cos, sin, masks, cache, select):
        a = self.attend(self.norm_attn(x), cos, sin, masks[self.sliding], cache)
        x = x + (self.post_attn(a) if self.c.gemma else a)
        if select is not None:
            x = x.reshape(-1, x.shape[-1])[select]
        m = self.mlp(self.norm_mlp(x))
        return x + (self.post_mlp(m) if self.c.gemma else m)


class Cache:
    """Keys and values of the tokens seen so far, per layer."""

    def __init__(self):
        self.kept = {}

    def extend(self, layer, k, v):
        if layer in self.kept:
            old_k, old_v = self.kept[layer]
            k, v = torch.cat([old_k, k], 2), torch.cat([old_v, v], 2)
        self.kept[layer] = (k, v)
        return k, v


class Decoder(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        self.embed = nn.Parameter(torch.randn(c.vocab, c.hidden) * c.hidden ** -0.5)
        self.layers = nn.ModuleList([Layer(c, i) for i in range(c.layers)])
        self.norm = RMSNorm(c.hidden, c.eps, c.gemma)
        # Llama and Qwen2 here have a head of their own; Gemma 2 ties it to the embeddings.
        self.head = None if c.gemma else nn.Parameter(torch.randn(c.vocab, c.hidden) * 0.02)
        cos, sin = rope_table(c)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)

    def masks(self, length, past=0):
        """Additive masks: [0] causal, [1] causal within the sliding window."""
        rows = torch.arange(past, past + length)[:, None]
        columns = torch.arange(past + length)[None]
        causal = torch.zeros(length, past + length).masked_fill(columns > rows, -1e9)
        window = causal.masked_fill(columns <= rows - self.c.window, -1e9)
        return causal, window

    def forward(self, ids, select=None):
        """Logits for every position, or for the flat positions `select` only."""
        length = ids.shape[1]
        x = F.embedding(ids, self.embed)
        if self.c.gemma:
            x = x * math.sqrt(self.c.hidden)
        dtype = working_dtype()
        cos, sin, masks = self.cos[:length].to(dtype), self.sin[:length].to(dtype), self.masks(length)
        for i, layer in enumerate(self.layers):
            x = layer(x, cos, sin, masks, None, select if i == len(self.layers) - 1 else None)
        return self.logits(x)

    def logits(self, x):
        y = F.linear(self.norm(x), self.embed if self.head is None else self.head).float()
        if self.c.gemma:
            y = torch.tanh(y / self.c.final_cap) * self.c.final_cap
        return y

    @torch.no_grad()
    def generate(self, prompts, end, limit=128, pad=0):
        """Greedy continuations of lists of ids, without `end`. Shorter prompts are padded on the left."""
        c, cache, past, results = self.c, Cache(), 0, [[] for _ in prompts]
        longest = max(map(len, prompts))
        ids = torch.tensor([[pad] * (longest - len(p)) + p for p in prompts])
        empty = torch.tensor([longest - len(p) for p in prompts])[:, None, None, None]
        done = torch.zeros(len(prompts), dtype=torch.bool)
        dtype = working_dtype()
        for _ in range(limit):
            length = ids.shape[1]
            x = F.embedding(ids, self.embed)
            if c.gemma:
                x = x * math.sqrt(c.hidden)
            cos, sin = self.cos[past:past + length].to(dtype), self.sin[past:past + length].to(dtype)
            padded = (torch.arange(past + length) < empty) * -1e9
            masks = [mask + padded for mask in self.masks(length, past)]
            for layer in self.layers:
                x = layer(x, cos, sin, masks, cache, None)
            past += length
            nxt = self.logits(x[:, -1]).argmax(-1)
            done |= nxt == end
            for row, token, over in zip(results, nxt.tolist(), done.tolist()):
                if not over:
                    row.append(token)
            if bool(done.all()) or past + 1 >= c.positions:
                break
            ids = nxt[:, None]
        return results
