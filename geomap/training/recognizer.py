"""Trains the place recogniser: a small encoder with heads for place tags, outer types and roles, in two stages.

Run ``python -m geomap.training.recognizer CORPORA GAZETTEER ENCODER OUT``. Stage one reads all corpora, each with its
own annotation style as an input; stage two goes on at a falling rate with less of the others. The
style of the geoparsing corpora is folded into the weights, which are written as int8 ONNX.
"""

import argparse
import logging
import random
import shutil
import time
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import AutoModel

from geomap.recognizers.encoder import ROLES
from geomap.recognizers.known_names import make_known_names
from geomap.recognizers.pieces import NAME_KINDS, KnownNames
from geomap.recognizers.spans import TAGS
from geomap.training.corpora import CORPORA, STYLES, TYPES
from geomap.training.examples import ANY, Example, batches, demonyms_of, encode, epoch_rows
from geomap.training.exporting import export

log = logging.getLogger(__name__)

FIRST_STAGE = {
    "lgl": 1.5, "trnews": 2, "wotr": 0.3, "worldwide": 0.8, "ewt": 1, "gum": 1, "re3d": 1, "btc": 0.4, "wnut": 0.5,
    "tweebank": 0.5, "wikigold": 1, "crossner": 2, "relocar": 0.5, "events": 0.5,
}  # fmt: skip
SECOND_STAGE = {
    "lgl": 1, "trnews": 1.5, "wotr": 0.1, "worldwide": 0.4, "ewt": 0.5, "gum": 0.5, "re3d": 0.5, "btc": 0.1,
    "wnut": 0.1, "tweebank": 0.1, "wikigold": 0.5, "crossner": 1, "relocar": 0.7, "events": 0.8,
}  # fmt: skip
"""How often an epoch of each stage reads each corpus; below 1 the chance that it reads a document."""
CAUTION = -0.4
"""Added to the score of "no place": chosen on dev, where F1 is flat around it and recall by overlap is not."""


class Encoder(nn.Module):
    """The encoder with its input features and three heads."""

    def __init__(self, folder: str) -> None:
        """Load the pretrained encoder; all new embeddings begin at zero."""
        super().__init__()
        # Dropout inside costs 70 % more time on a CPU; hidden pieces and dropout at both ends do its work.
        self.encoder = AutoModel.from_pretrained(
            folder, add_pooling_layer=False, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0)  # fmt: skip
        width = self.encoder.config.hidden_size
        self.case = nn.Embedding(6, width)
        self.gap = nn.Embedding(3, width)
        self.known = nn.Embedding(2 * NAME_KINDS, width)
        self.style = nn.Embedding(len(STYLES), width)
        for embedding in (self.case, self.gap, self.known, self.style):
            nn.init.zeros_(embedding.weight)
        self.dropout = nn.Dropout(0.1)
        self.tags = nn.Linear(width, len(TAGS))
        self.types = nn.Linear(width, len(TYPES))
        self.roles = nn.Sequential(nn.Linear(width, 128), nn.GELU(), nn.Dropout(0.1), nn.Linear(128, len(ROLES)))

    def forward(self, ids: Any, case: Any, gap: Any, known: Any, style: Any, mask: Any) -> tuple[Any, Any, Any]:
        """Return the scores of the three heads for each piece."""
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.case(case) + self.gap(gap) + self.known(known)
        embedded = self.dropout(embedded + self.style(style)[:, None])
        hidden = self.dropout(self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state)
        return self.tags(hidden), self.types(hidden), self.roles(hidden)


HIDDEN = 0.04
"""Share of the pieces that training hides behind [MASK], so that context must speak."""


def loss_of(model: Encoder, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """Return the loss: tags summed over what each word may be, outer types, roles."""
    hidden = (torch.rand(batch["ids"].shape) < HIDDEN) & (batch["ids"] > 103)
    ids = batch["ids"].masked_fill(hidden, 103)
    with torch.autocast("cpu", torch.bfloat16):
        outputs = model(ids, *(batch[name] for name in ("case", "gap", "known", "style", "mask")))
    tags, types, roles = (output.float() for output in outputs)
    allowed = batch["allowed"]
    taught = (allowed > 0) & (allowed < ANY)
    bits = (allowed[taught][:, None] >> torch.arange(len(TAGS))) & 1
    scores = torch.log_softmax(tags[taught], -1)
    loss = -torch.logsumexp(scores.masked_fill(bits == 0, -1e4), -1).mean()
    if (batch["types"] >= 0).any():
        loss = loss + 0.3 * nn.functional.cross_entropy(
            types.flatten(0, 1), batch["types"].flatten(), ignore_index=-100
        )
    known_roles = batch["roles"] >= 0
    if known_roles.any():
        each = nn.functional.cross_entropy(roles[known_roles], batch["roles"][known_roles], reduction="none")
        loss = loss + 0.1 * (each * batch["role_weights"][known_roles]).sum() / 4
    return loss


def train(
    model: Encoder,
    examples: dict[str, list[Example]],
    shares: dict[str, float],
    names: KnownNames,
    *,
    epochs: int,
    rate: float,
    final: float,
    size: int,
    seed: int,
) -> None:
    """Train for some epochs; the learning rate rises for 100 steps and then falls linearly to the share ``final``.

    Parameters
    ----------
    model
        Trained in place.
    examples
        The documents of each corpus.
    shares
        How often an epoch reads each corpus.
    names
        The known names, for windows whose spelling is changed.
    epochs, rate, final, size, seed
        Epochs, highest learning rate of the encoder (new layers learn ten times as fast), its last share, pieces of a
        batch, seed of order, cuts, spellings and dropout.
    """
    chance = random.Random(seed)  # noqa: S311
    torch.manual_seed(seed)
    optimizer = _optimizer(model, rate)
    planned = [list(batches(epoch_rows(examples, shares, names, chance), size, chance))]
    total = len(planned[0]) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / min(100, total / 8)) * (1 - (1 - final) * min(1.0, step / total))
    )
    began, step, average = time.time(), 0, 0.0
    model.train()
    for epoch in range(epochs):
        for batch in planned.pop() if planned else batches(epoch_rows(examples, shares, names, chance), size, chance):
            loss = loss_of(model, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            average = 0.98 * average + 0.02 * loss.item() if step else loss.item()
            step += 1
            if step % 50 == 0:
                log.info("epoch %d step %d/%d loss %.4f %.0f s", epoch, step, total, average, time.time() - began)


def _optimizer(model: Encoder, rate: float) -> torch.optim.Optimizer:
    """Return AdamW with the higher rate for what is new."""
    new = [value for name, value in model.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": list(model.encoder.parameters()), "lr": rate}, {"params": new, "lr": 10 * rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def load_examples(corpora: Path, names: KnownNames, tokenizer: Tokenizer) -> dict[str, list[Example]]:
    """Return the documents of every training corpus as numbers."""
    documents = {corpus: list(read(corpora)) for corpus, read in CORPORA.items()}
    demonyms = demonyms_of(documents)
    return {
        corpus: [encode(document, tokenizer, names, demonyms) for document in found]
        for corpus, found in documents.items()
    }


def load_tokenizer(encoder: Path) -> Tokenizer:
    """Return the tokenizer of a pretrained encoder, without padding and truncation."""
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def main() -> None:
    """Train from a corpora folder and write the model folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, help="folder of the gold corpora, JSON lines")
    parser.add_argument("gazetteer", type=Path, help="gazetteer.sqlite, for the table of known names")
    parser.add_argument("encoder", type=Path, help="folder of the pretrained encoder, all-MiniLM-L6-v2")
    parser.add_argument("out", type=Path, help="folder to write encoder.onnx and tokenizer.json to")
    parser.add_argument(
        "--checkpoint", type=Path, help="also write the float weights here, for geomap.training.distilling"
    )
    parser.add_argument("--seed", type=int, default=0, help="seed of everything random (default 0)")
    parser.add_argument("--threads", type=int, default=2, help="threads (default 2)")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)

    tokenizer = load_tokenizer(options.encoder)
    names = make_known_names(options.gazetteer, tokenizer)
    examples = load_examples(options.corpora, names, tokenizer)
    model = Encoder(str(options.encoder))
    seed = options.seed
    train(model, examples, FIRST_STAGE, names, epochs=2, rate=1e-4, final=0.25, size=3000, seed=seed)
    train(model, examples, SECOND_STAGE, names, epochs=1, rate=6e-5, final=0.02, size=3000, seed=seed + 1)
    if options.checkpoint:
        torch.save(model.state_dict(), options.checkpoint)
    write(model, options.out / "encoder.onnx", options.encoder, caution=CAUTION)


def write(model: Encoder, target: Path, encoder: Path, *, caution: float) -> None:
    """Write a model and the vocabulary beside it; ``caution`` is added to the score of "no place" for good."""
    out = target.parent
    out.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        model.tags.bias[0] += caution
    export(model, target)
    shutil.copy(encoder / "tokenizer.json", out / "tokenizer.json")


if __name__ == "__main__":
    main()
