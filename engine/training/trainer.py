"""The training run: a loop over windows with a schedule, a record of its progress, and checkpoints to resume from."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import safe_open
from safetensors.torch import load_file, save_file
from torch import Tensor

from engine.model.config import ModelConfig
from engine.model.parameters import Parameters
from engine.training.background import HeldOut
from engine.training.export import from_parameters
from engine.training.mixture import Mixture, check_length, streams_of, windows
from engine.training.network import Carried, Network
from engine.training.sampled_softmax import RowSampler

_HELD_OUT_STREAMS = 64
_CHECKPOINT, _PROGRESS = "checkpoint.safetensors", "progress"
_EARLIER_PROGRESS = "progress.json"
"""Where earlier versions kept the progress, beside the checkpoint."""


@dataclass(frozen=True)
class Schedule:
    """How far and how fast to train: warm up, hold the learning rate, let it fall in a straight line to the end."""

    tokens: int
    decay_share: float = 0.3
    """The last part of the run, in which the learning rate falls to nothing."""
    learning_rate: float = 2e-3
    warm_up_tokens: int = 2_000_000
    n_streams: int = 256
    n_steps: int = 32
    n_always: int = 1_024
    n_drawn: int = 3_072
    clip_norm: float = 1.0
    seed: int = 1
    report_minutes: float = 1.0
    checkpoint_minutes: float = 10.0

    def rate_at(self, seen: int) -> float:
        """Return the learning rate after so many tokens."""
        rising = min(1.0, (seen + 1) / self.warm_up_tokens)
        falling = (self.tokens - seen) / max(1.0, self.decay_share * self.tokens)
        return self.learning_rate * max(0.0, min(rising, falling, 1.0))


@dataclass
class Progress:
    """Where a run stands; written into each checkpoint."""

    tokens: int = 0
    passes: int = 0
    window: int = 0
    """Next window of the present pass."""
    seconds: float = 0.0
    curve: list[dict[str, float]] = field(default_factory=list)
    """One row a checkpoint: tokens, training loss, held-out loss (nats), learning rate, tokens a second."""


class Trainer:
    """One run: the network, its optimiser, and where in the mixture it stands."""

    def __init__(
        self, config: ModelConfig, counts: Tensor, mixture: Mixture, schedule: Schedule, folder: Path,
        start: Parameters | None = None, make: Callable[[ModelConfig, Tensor], Network] = Network,
    ) -> None:  # fmt: skip
        """Resume the run whose checkpoint lies in ``folder``; else begin one, from ``start`` or from drawn weights.

        ``make`` draws the network; research hands in others than the engine runs.
        """
        self.schedule, self.mixture, self.folder = schedule, mixture, folder
        self.generator = torch.Generator().manual_seed(schedule.seed)
        torch.manual_seed(schedule.seed)
        self.network = make(config, counts)
        if start is not None:
            self.network.load_state_dict(from_parameters(start))
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=1.0, betas=(0.9, 0.99), fused=True)
        self.sampler = RowSampler(counts, schedule.n_always, schedule.n_drawn, self.generator)
        self.progress = Progress()
        folder.mkdir(parents=True, exist_ok=True)
        progress = _written_progress(folder)
        if progress is not None:
            self._resume(progress)

    def run(self, report: Callable[[str], None]) -> None:
        """Train to the end of the schedule, with a line of report a minute and a checkpoint every few.

        Raises CorpusError where the mixture is too short for that.
        """
        check_length(self.mixture.held_out(), 1, self.schedule.n_steps, "What is held out of the text")
        while self.progress.tokens < self.schedule.tokens:
            rng = np.random.default_rng([self.schedule.seed, self.progress.passes])
            self._one_pass(self.mixture.one_pass(rng), report)
        if not self.progress.curve or self.progress.curve[-1]["tokens"] < self.progress.tokens:
            self.save(self.held_out_loss(), math.nan)

    def _one_pass(self, stream: np.ndarray[Any, np.dtype[np.uint16]], report: Callable[[str], None]) -> None:
        carried: Carried | None = None
        reported = saved = time.monotonic()
        losses: list[float] = []
        check_length(stream, self.schedule.n_streams, self.schedule.n_steps, "A pass over the text")
        for index, ids in windows(stream, self.schedule.n_streams, self.schedule.n_steps, self.progress.window):
            began = time.monotonic()
            loss, carried = self.step(torch.from_numpy(ids), carried)
            losses.append(loss)
            self.progress.window = index + 1
            self.progress.tokens += ids[1:].size
            now = time.monotonic()
            self.progress.seconds += now - began
            if now - reported >= 60 * self.schedule.report_minutes:
                speed = len(losses) * ids[1:].size / (now - reported)
                report(self._line(float(np.mean(losses)), speed))
                if now - saved >= 60 * self.schedule.checkpoint_minutes:
                    held_out = self.held_out_loss()
                    self.save(held_out, float(np.mean(losses)), speed)
                    report(f"checkpoint: held-out loss {held_out:.4f}, perplexity {math.exp(held_out):.1f}")
                    saved = time.monotonic()
                reported, losses = time.monotonic(), []
            if self.progress.tokens >= self.schedule.tokens:
                return
        self.progress.passes += 1
        self.progress.window = 0

    def _line(self, loss: float, speed: float) -> str:
        seen = self.progress.tokens
        left = (self.schedule.tokens - seen) / max(1.0, speed) / 60
        return (
            f"{seen / 1e6:7.2f}M of {self.schedule.tokens / 1e6:.0f}M tokens, loss {loss:.4f}, "
            f"{speed:,.0f} tokens/s, rate {self.schedule.rate_at(seen):.2e}, {left:.0f} min left"
        )

    def step(self, ids: Tensor, carried: Carried | None) -> tuple[float, Carried]:
        """Make one update on a window, ids (T + 1, B); return its loss and the state to carry on."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.schedule.rate_at(self.progress.tokens)
        self.optimizer.zero_grad(set_to_none=True)
        loss, carried = self.network.sampled_loss(ids, carried, self.sampler.draw())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.schedule.clip_norm)
        self.optimizer.step()
        return loss.item(), carried

    def held_out_loss(self) -> float:
        """Return the mean cross entropy (nats per token, ``<unknown>`` included) over the held-out text."""
        return float(-np.log(self.read_held_out().p).mean())

    def read_held_out(self) -> HeldOut:
        """Return the held-out text with the probability that the network gave each of its tokens."""
        carried: Carried | None = None
        text = self.mixture.held_out()
        n_streams = max(1, min(_HELD_OUT_STREAMS, len(text) // (4 * self.schedule.n_steps)))
        losses = []
        for _, ids in windows(text, n_streams, self.schedule.n_steps):
            loss, carried = self.network.exact_losses(torch.from_numpy(ids), carried)
            losses.append(loss.numpy().astype(np.float64))
        p = np.exp(-np.concatenate(losses)).T
        return HeldOut(streams_of(text, n_streams)[:, : p.shape[1] + 1], p)

    def save(self, held_out: float, loss: float, speed: float = math.nan) -> None:
        """Write weights, optimiser and progress as one file, which is there whole or not at all."""
        row = {"tokens": float(self.progress.tokens), "loss": loss, "held_out": held_out, "tokens_per_second": speed}
        self.progress.curve.append(row)
        tensors = dict(self.network.state_dict())
        for name, parameter in self.network.named_parameters():
            state: Mapping[str, Tensor] = self.optimizer.state.get(parameter, {})
            tensors |= {f"optimizer.{key}.{name}": value.reshape(value.shape or (1,)) for key, value in state.items()}
        target = self.folder / _CHECKPOINT
        partial = target.with_suffix(".partial")
        save_file(tensors, partial, metadata={_PROGRESS: json.dumps(asdict(self.progress))})
        partial.replace(target)
        (self.folder / _EARLIER_PROGRESS).unlink(missing_ok=True)  # it told of other weights

    def _resume(self, progress: Progress) -> None:
        self.progress = progress
        tensors = load_file(self.folder / _CHECKPOINT)
        self.network.load_state_dict({k: v for k, v in tensors.items() if not k.startswith("optimizer.")})
        for name, parameter in self.network.named_parameters():
            state = {
                key: tensors[f"optimizer.{key}.{name}"]
                for key in ("step", "exp_avg", "exp_avg_sq")
                if f"optimizer.{key}.{name}" in tensors
            }
            if state:
                state["step"] = state["step"].reshape(())
                self.optimizer.state[parameter] = state


def _written_progress(folder: Path) -> Progress | None:
    """Return where the checkpoint in a folder stands; None where there is none, or only half of one."""
    checkpoint, earlier = folder / _CHECKPOINT, folder / _EARLIER_PROGRESS
    if not checkpoint.exists():
        return None
    with safe_open(checkpoint, framework="pt") as file:
        written = (file.metadata() or {}).get(_PROGRESS)
    if written is None and earlier.exists():
        written = earlier.read_text(encoding="utf-8")
    return Progress(**json.loads(written)) if written is not None else None
