"""Writes the trained encoder as int8 ONNX for one window at a time: no batch, no padding, no mask."""

from pathlib import Path
from typing import Any

import torch
from torch import nn

from geomap.recognizers.encoder import load_onnxruntime

MIDDLE = 4
"""Layer whose states go out, for events; of six, words of happenings were told best by those of the fourth."""


class SingleWindow(nn.Module):
    """The same encoder as plain matrix products over one window of pieces, its style folded in."""

    def __init__(self, model: Any, style: int) -> None:
        """Take the weights of a trained `geomap.training.recognizer.Encoder`."""
        super().__init__()
        encoder = model.encoder
        self.words = encoder.embeddings.word_embeddings
        constant = encoder.embeddings.token_type_embeddings.weight[0] + model.style.weight[style]
        self.positions = nn.Parameter((encoder.embeddings.position_embeddings.weight[:256] + constant).detach().clone())
        self.norm = encoder.embeddings.LayerNorm
        self.case, self.gap, self.known = model.case, model.gap, model.known
        self.heads = encoder.config.num_attention_heads
        self.layers = encoder.encoder.layer
        self.joint = nn.ModuleList(_joint_projection(layer.attention.self) for layer in self.layers)
        self.tags, self.types, self.roles = model.tags, model.types, model.roles

    def forward(self, ids: Any, case: Any, gap: Any, known: Any) -> tuple[Any, ...]:
        """Return tag, type and role scores, one row a piece, and its state after `MIDDLE` layers, if there are more.

        Inputs are vectors of at most 256 pieces.
        """
        x = self.words(ids) + self.case(case) + self.gap(gap) + self.known(known) + self.positions[: ids.shape[0]]
        x = self.norm(x)
        width = x.shape[-1] // self.heads
        states: list[Any] = []
        for layer, joint in zip(self.layers, self.joint, strict=True):
            query, key, value = joint(x).reshape(-1, 3 * self.heads, width).transpose(0, 1).split(self.heads)
            attention = torch.softmax(query @ key.transpose(-1, -2), -1)
            mixed = (attention @ value).transpose(0, 1).reshape(-1, self.heads * width)
            x = layer.attention.output.LayerNorm(layer.attention.output.dense(mixed) + x)
            inner = nn.functional.gelu(layer.intermediate.dense(x))
            x = layer.output.LayerNorm(layer.output.dense(inner) + x)
            states.append(x)
        return self.tags(x), self.types(x), self.roles(x), *states[MIDDLE - 1 : MIDDLE]


def _joint_projection(attention: Any) -> nn.Linear:
    """Return query, key and value as one matrix, the scale of attention in it: fewer and larger products are faster."""
    parts = (attention.query, attention.key, attention.value)
    scales = (attention.attention_head_size**-0.5, 1, 1)
    joint = nn.Linear(parts[0].in_features, 3 * parts[0].out_features)
    joint.weight = nn.Parameter(torch.cat([part.weight * by for part, by in zip(parts, scales, strict=True)]).detach())
    joint.bias = nn.Parameter(torch.cat([part.bias * by for part, by in zip(parts, scales, strict=True)]).detach())
    return joint


def export(model: Any, target: Path, *, style: int = 0, whole: Path | None = None) -> None:
    """Write a model to ``target`` with int8 weights; ``whole`` keeps the float version too."""
    load_onnxruntime()
    from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]

    window = SingleWindow(model.eval(), style).eval()
    example = torch.randint(200, 2000, (40,))
    zeros = torch.zeros_like(example)
    unquantised = whole or target.with_suffix(".float.onnx")
    names = ["ids", "case", "gap", "known"]
    scores = ["tags", "types", "roles", *(["states"] if len(window.layers) > MIDDLE else [])]
    torch.onnx.export(
        window,
        (example, zeros, zeros, zeros),
        str(unquantised),
        input_names=names,
        output_names=scores,
        dynamic_axes={name: {0: "pieces"} for name in [*names, *scores]},
        opset_version=17,
        dynamo=False,
    )
    # Seven bits: on processors without VNNI, eight-bit products overflow.
    quantize_dynamic(str(unquantised), str(target), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    if whole is None:
        unquantised.unlink()
