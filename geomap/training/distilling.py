"""Makes the fast recogniser out of the default one: two of six layers, thinner embeddings, taught by its answers.

After `geomap.training.recognizer`::

    python -m geomap.training.distilling CORPORA GAZETTEER ENCODER CHECKPOINT OUT
"""

import argparse
import copy
import logging
import random
import time
from pathlib import Path
from typing import Any

import torch
from torch import nn

from geomap.recognizers.known_names import make_known_names
from geomap.recognizers.pieces import KnownNames
from geomap.training.examples import Example, batches, epoch_rows
from geomap.training.recognizer import FIRST_STAGE, Encoder, load_examples, load_tokenizer, write

log = logging.getLogger(__name__)

KEPT_LAYERS = (0, 3)
"""Layers of the teacher that the student begins with."""
SHARES = FIRST_STAGE | {
    "wotr": 0.2, "worldwide": 0.7, "trnews": 1.5, "btc": 0.2, "wnut": 0.2, "tweebank": 0.2, "events": 0.7,
}  # fmt: skip
"""How often the epoch reads each corpus."""
CAUTION = 0.5
"""See `recognizer.CAUTION`."""
FEATURES = ("ids", "case", "gap", "known")
THIN = 128
"""Width of the student's word embeddings; a matrix widens them to what its layers expect. 3.9 MB instead of 11.7."""


def student_of(teacher: Encoder) -> Encoder:
    """Return a student with some of the teacher's layers and a low-rank copy of its word embeddings."""
    student = copy.deepcopy(teacher)
    layers = student.encoder.encoder.layer
    student.encoder.encoder.layer = nn.ModuleList(layers[i] for i in KEPT_LAYERS)
    student.encoder.config.num_hidden_layers = len(KEPT_LAYERS)
    whole = student.encoder.embeddings.word_embeddings.weight.detach()
    left, values, right = torch.linalg.svd(whole, full_matrices=False)
    thin = nn.Embedding(len(whole), THIN)
    widen = nn.Linear(THIN, whole.shape[1], bias=False)
    with torch.no_grad():
        scale = values[:THIN].sqrt()
        thin.weight.copy_(left[:, :THIN] * scale)
        widen.weight.copy_((right[:THIN] * scale[:, None]).T)
    student.encoder.embeddings.word_embeddings = nn.Sequential(thin, widen)
    return student


def distil(
    teacher: Encoder,
    student: Encoder,
    examples: dict[str, list[Example]],
    shares: dict[str, float],
    names: KnownNames,
    *,
    epochs: int,
    rate: float,
    size: int,
    seed: int,
) -> None:
    """Teach the student to answer as the teacher does in the geoparsing style; see `recognizer.train`."""
    chance = random.Random(seed)  # noqa: S311
    torch.manual_seed(seed)
    teacher.eval()
    student.train()
    optimizer = torch.optim.AdamW(student.parameters(), lr=rate, weight_decay=0.01, fused=True)
    planned = [list(batches(epoch_rows(examples, shares, names, chance), size, chance))]
    total = len(planned[0]) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / 50) * (1 - 0.98 * step / total)
    )
    began, step = time.time(), 0
    for _epoch in range(epochs):
        for batch in planned.pop() if planned else batches(epoch_rows(examples, shares, names, chance), size, chance):
            loss = distance(teacher, student, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(student.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            step += 1
            if step % 50 == 0:
                log.info("step %d/%d loss %.4f %.0f s", step, total, loss.item(), time.time() - began)


def distance(teacher: Encoder, student: Encoder, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """Return how far the student's answers are from the teacher's; words that may be places weigh six times as much."""
    inputs = (*(batch[name] for name in FEATURES), torch.zeros_like(batch["style"]), batch["mask"])
    with torch.autocast("cpu", torch.bfloat16):
        with torch.no_grad():
            wanted = teacher(*inputs)
        given = student(*inputs)
    is_word = batch["allowed"] > 0
    loss = torch.zeros(())
    place = torch.softmax(wanted[0].float()[is_word], -1)[:, 1:].sum(-1)
    for answer, right, share in zip(given, wanted, (1.0, 0.3, 0.3), strict=True):
        each = _divergence(answer.float()[is_word], right.float()[is_word])
        weight = place if answer is given[2] else 1 + 5 * place
        loss = loss + share * (each * weight).sum() / weight.sum().clamp(min=1)
    return loss


def _divergence(scores: Any, wanted: Any) -> Any:
    """Return the cross entropy of each row against the wanted row."""
    return -(torch.softmax(wanted, -1) * torch.log_softmax(scores, -1)).sum(-1)


def main() -> None:
    """Distil from a checkpoint and write the model folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, help="folder of the gold corpora, JSON lines")
    parser.add_argument("gazetteer", type=Path, help="gazetteer.sqlite, for the table of known names")
    parser.add_argument("encoder", type=Path, help="folder of the pretrained encoder, all-MiniLM-L6-v2")
    parser.add_argument("checkpoint", type=Path, help="float weights of the teacher")
    parser.add_argument("out", type=Path, help="folder to write fast.onnx and tokenizer.json to")
    parser.add_argument("--seed", type=int, default=2, help="seed of everything random (default 2)")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(2)

    tokenizer = load_tokenizer(options.encoder)
    names = make_known_names(options.gazetteer, tokenizer)
    examples = load_examples(options.corpora, names, tokenizer)
    teacher = Encoder(str(options.encoder))
    teacher.load_state_dict(torch.load(options.checkpoint))
    student = student_of(teacher)
    distil(teacher, student, examples, SHARES, names, epochs=1, rate=5e-4, size=3000, seed=options.seed)
    write(student, options.out / "fast.onnx", options.encoder, caution=CAUTION)


if __name__ == "__main__":
    main()
