"""Write golden numbers of each cell from PyTorch: run once, by hand, where torch is installed.

    python tests/golden/dump_from_pytorch.py

The file it writes is committed; the tests read it and need no PyTorch.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

V, D, H, T = 50, 6, 8, 12
CELLS = {"tanh": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}


def golden_of(name: str, generator: torch.Generator) -> dict[str, np.ndarray]:
    """Return weights, inputs, and what PyTorch makes of them."""

    def draw(*shape: int) -> torch.Tensor:
        return (torch.rand(*shape, generator=generator) - 0.5).requires_grad_()

    cell = CELLS[name](D, H, batch_first=True)
    with torch.no_grad():
        for weight in cell.parameters():
            weight.copy_((torch.rand(weight.shape, generator=generator) - 0.5) * 1.2)
    E, P, b_p, b_out = draw(V, D), draw(D, H), draw(D), draw(V)
    ids = torch.randint(V, (T + 1,), generator=generator)
    h0, c0 = draw(H), draw(H)

    x = E[ids[:-1]][None]
    state = (h0[None, None], c0[None, None]) if name == "lstm" else h0[None, None]
    hidden, _ = cell(x, state)
    logits = (hidden[0] @ P.T + b_p) @ E.T + b_out
    losses = torch.nn.functional.cross_entropy(logits, ids[1:], reduction="none")
    losses.sum().backward()

    weights = {
        "E": E,
        "W_x": cell.weight_ih_l0,
        "W_h": cell.weight_hh_l0,
        "b_x": cell.bias_ih_l0,
        "b_h": cell.bias_hh_l0,
        "P": P,
        "b_p": b_p,
        "b_out": b_out,
    }
    golden = {key: value.detach().numpy() for key, value in weights.items()}
    golden |= {f"d_{key}": value.grad.numpy() for key, value in weights.items()}
    golden |= {"ids": ids.numpy().astype(np.int32), "h0": h0.detach().numpy(), "c0": c0.detach().numpy()}
    golden |= {"d_h0": h0.grad.numpy(), "d_c0": np.zeros(H, np.float32) if c0.grad is None else c0.grad.numpy()}
    golden |= {"logits": logits.detach().numpy(), "losses": losses.detach().numpy(), "H": hidden[0].detach().numpy()}
    return {f"{name}.{key}": value for key, value in golden.items()}


if __name__ == "__main__":
    torch.set_num_threads(1)
    arrays: dict[str, np.ndarray] = {}
    for cell_name in CELLS:
        arrays |= golden_of(cell_name, torch.Generator().manual_seed(20261120))
    path = Path(__file__).with_name("cells.npz")
    np.savez_compressed(path, **arrays)
    print(f"{path}: {len(arrays)} arrays, torch {torch.__version__}")
