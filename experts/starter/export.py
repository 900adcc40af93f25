"""Writes a trained model as a Hugging Face checkpoint folder (bf16 safetensors, by hand)."""
import json
import os

import torch

from tokenizer import END, PAD


def named_tensors(model):
    """Hugging Face's names and the tensors that belong to them."""
    c = model.c
    yield "model.embed_tokens.weight", model.embed
    if model.head is not None:
        yield "lm_head.weight", model.head
    yield "model.norm.weight", model.norm.weight
    q, kv = c.heads * c.head_dim, c.kv_heads * c.head_dim
    for i, layer in enumerate(model.layers):
        base = "model.layers.%d." % i
        for part, suffix in ((layer.qkv.weight, "weight"), (layer.qkv.bias, "bias")):
            if part is not None:
                for name, block in zip("qkv", part.split([q, kv, kv])):
                    yield base + "self_attn.%s_proj.%s" % (name, suffix), block
        yield base + "self_attn.o_proj.weight", layer.out.weight
        gate, up = layer.gate_up.weight.split(c.ffn)
        yield base + "mlp.gate_proj.weight", gate
        yield base + "mlp.up_proj.weight", up
        yield base + "mlp.down_proj.weight", layer.down.weight
        yield base + "input_layernorm.weight", layer.norm_attn.weight
        if c.gemma:
            yield base + "post_attention_layernorm.weight", layer.post_attn.weight
            yield base + "pre_feedforward_layernorm.weight", layer.norm_mlp.weight
            yield base + "post_feedforward_layernorm.weight", layer.post_mlp.weight
        else:
            yield base + "post_attention_layernorm.weight", layer.norm_mlp.weight


def write_safetensors(path, tensors):
    """`tensors`: (name, tensor) pairs, stored as BF16."""
    header, blobs, at = {"__metadata__": {"format": "pt"}}, [], 0
    for name, tensor in sorted(tensors, key=lambda pair: pair[0]):
        data = tensor.detach().to(torch.bfloat16).contiguous().view(torch.int16).numpy().tobytes()
        header[name] = {"dtype": "BF16", "shape": list(tensor.shape), "data_offsets": [at, at + len(data)]}
        blobs.append(data)
        at += len(data)
    text = json.dumps(header, separators=(",", ":")).encode("utf-8")
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(len(text).to_bytes(8, "little"))
        out.write(text)
        for blob in blobs:
            out.write(blob)


def read_safetensors(path):
    """name -> float32 tensor, for a file of BF16 tensors."""
    with open(path, "rb") as source:
        header = json.loads(source.read(int.from_bytes(source.read(8), "little")))
        data = source.read()
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            raw = torch.frombuffer(bytearray(data[start:end]), dtype=torch.int16)
            tensors[name] = raw.view(torch.bfloat16).float().view(entry["shape"])
    return tensors


def load_rounded(model, path):
    """Puts the weights of a checkpoint back into a model of the same shape."""
    tensors = read_safetensors(path)
    with torch.no_grad():
        for name, place in named_tensors(model):
            place.copy_(tensors.pop(name))
    assert not tensors, sorted(tensors)
    return model


def config_json(c):
    common = {"vocab_size": c.vocab, "hidden_size": c.hidden, "intermediate_size": c.ffn,
              "num_hidden_layers": c.layers, "num_attention_heads": c.heads, "num_key_value_heads": c.kv_heads,
              "max_position_embeddings": c.positions, "rms_norm_eps": c.eps, "rope_theta": c.theta,
              "bos_token_id": None, "eos_token_id": END, "pad_token_id": PAD, "attention_dropout": 0.0,
              "initializer_range": 0.02, "torch_dtype": "bfloat16", "use_cache": True,
              "transformers_version": "4.45.0"}
    own = {
        "llama": {"architectures": ["LlamaForCausalLM"], "model_type": "llama", "head_dim": c.head_dim,
                  "hidden_act": "silu", "attention_bias": False, "mlp_bias": False, "rope_scaling": None,
                  "pretraining_tp": 1, "tie_word_embeddings": False},
        "qwen2": {"architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "hidden_act": "silu",
                  "use_sliding_window": False, "sliding_window": None, "max_window_layers": c.layers,
                  "rope_scaling": None, "tie_word_embeddings": False},
        "gemma2": {"architectures": ["Gemma2ForCausalLM"], "model_type": "gemma2", "head_dim": c.head_dim,
                   "hidden_act": "gelu_pytorch_tanh", "hidden_activation": "gelu_pytorch_tanh",
                   "attention_bias": False, "attn_logit_softcapping": c.attn_cap,
                   "final_logit_softcapping": c.final_cap, "query_pre_attn_scalar": c.head_dim,
                   "sliding_window": c.window, "cache_implementation": "hybrid", "tie_word_embeddings": True,
                   "layer_types": ["full_attention" if i % 2 else "sliding_attention" for i in range(c.layers)]},
    }[c.kind]
    return {**own, **common}


def write_json(path, value):
    with open(path, "w", encoding="utf-8") as out:
        json.dump(value, out, ensure_ascii=False, indent=2)
        out.write("\n")


def export(model, tokenizer, folder):
    os.makedirs(folder, exist_ok=True)
    write_json(os.path.join(folder, "config.json"), config_json(model.c))
    write_json(os.path.join(folder, "generation_config.json"),
               {"do_sample": False, "max_new_tokens": 128, "eos_token_id": END, "pad_token_id": PAD,
                "transformers_version": "4.45.0"})
    write_json(os.path.join(folder, "tokenizer_config.json"), tokenizer.config_json())
    tokenizer.save(os.path.join(folder, "tokenizer.json"))
    temporary = os.path.join(folder, "model.safetensors.part")
    write_safetensors(temporary, named_tensors(model))
    os.replace(temporary, os.path.join(folder, "model.safetensors"))
