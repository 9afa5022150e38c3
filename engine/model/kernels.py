"""Every compiled function of the network. Private: its callers in ``engine.model`` check what they hand over.

Nothing here checks a shape, and a wrong one reads outside memory. Hyperparameters are arguments, because Numba freezes
globals into the code that it caches; all kernels share this file, because it does not notice a change in another; and
what a kernel calls is a ``kernel_part``, so that the process that compiles it gets the same bits as those that load it.

Glossary (T positions of a window, V vocabulary, D embedding, H hidden units, G gates; all float32 and C-contiguous)

==========  ============  ==================================================================================
here        shape         in the papers
==========  ============  ==================================================================================
E           (V, D)        embedding, tied with the output matrix (Press & Wolf 2017)
W_x, b_x    (G*H, D/-)    W_ih, b_ih of PyTorch; blocks i f g o (LSTM), r z n (GRU)
W_h, b_h    (G*H, H/-)    W_hh, b_hh of PyTorch
X           (T, D)        x_1 ... x_T, embedded tokens
H_          (T+1, H)      h_0 ... h_T; row 0 is the state before the window
C           (T+1, H)      c_0 ... c_T, the memory of the LSTM; untouched by the other cells
A           (T, G*H)      pre-activations going in, activated gates coming out
extra       (T, H)        LSTM: tanh(c_t); GRU: W_hn h_{t-1} + b_hn; tanh: untouched
Z           (T, D)        projected hidden states; logits = E z + b_out
d_name      as ``name``   derivative of the loss by ``name``
==========  ============  ==================================================================================

[1] Hochreiter & Schmidhuber 1997, Long Short-Term Memory; Gers, Schmidhuber & Cummins 2000 for the forget gate
[2] Cho et al. 2014, arXiv 1406.1078; reset gate behind the product as in ``torch.nn.GRU``
"""

# ruff: noqa: ARG001, FURB136  (cells share one signature; min and max treat NaN in another way)

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.jit import kernel, kernel_part

Float32 = NDArray[np.float32]
Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]

# --------------------------------------------------------------------------------------------- scalar functions


@kernel_part
def exp32(x: np.float32) -> np.float32:
    """Return e**x within two units in the last place; 0 below -87, e**88 above 88, NaN for NaN.

    A polynomial (Cephes ``expf``), because the compiler can do eight or sixteen of it at once: seven times as fast as
    the library's [measured]. ``2**n`` is made by writing n into the exponent bits.
    """
    y = np.float32(88.0) if x > np.float32(88.0) else x
    y = np.float32(-87.0) if y < np.float32(-87.0) else y
    n = np.floor(y * np.float32(1.44269504) + np.float32(0.5))
    r = y - n * np.float32(0.693359375) + n * np.float32(2.12194440e-4)
    p = np.float32(1.9875691500e-4)
    p = p * r + np.float32(1.3981999507e-3)
    p = p * r + np.float32(8.3334519073e-3)
    p = p * r + np.float32(4.1665795894e-2)
    p = p * r + np.float32(1.6666665459e-1)
    p = p * r + np.float32(5.0000001201e-1)
    p = p * r * r + r + np.float32(1.0)
    exponent = np.int32((np.int32(n) + np.int32(127)) << np.int32(23))
    return np.float32(0.0) if x < np.float32(-87.0) else p * exponent.view(np.float32)


@kernel_part
def sigmoid(x: np.float32) -> np.float32:
    """Return the logistic function, 1 / (1 + e**-x)."""
    return np.float32(1.0) / (np.float32(1.0) + exp32(-x))


@kernel_part
def tanh(x: np.float32) -> np.float32:
    """Return the hyperbolic tangent, exact to about 1e-7 (absolute)."""
    return np.float32(1.0) - np.float32(2.0) / (np.float32(1.0) + exp32(x + x))


# --------------------------------------------------------------------------------------------- matrix products


@kernel_part
def stream_length(n_rows: int) -> int:
    """Return how many rows each of six streams through a matrix has; fewer than 18 rows are left over.

    Memory delivers six streams faster than one, and x is loaded once for six rows. The length is odd, as six rows that
    lie a multiple of 4096 bytes apart would fight for the same places of the nearest cache [measured].
    """
    return max((n_rows // 6 - 1) | 1, 0)


@kernel_part
def add_matvec(W: Float32, x: Float32, out: Float32) -> None:
    """Add ``W x`` to ``out``: W (R, K), x (K,), out (R,). As fast as memory delivers W."""
    n_rows, n_columns = W.shape
    n = stream_length(n_rows)
    for r0 in range(n):
        r1, r2, r3, r4, r5 = r0 + n, r0 + 2 * n, r0 + 3 * n, r0 + 4 * n, r0 + 5 * n
        s0 = s1 = s2 = s3 = s4 = s5 = np.float32(0.0)
        for k in range(n_columns):
            s0 += W[r0, k] * x[k]
            s1 += W[r1, k] * x[k]
            s2 += W[r2, k] * x[k]
            s3 += W[r3, k] * x[k]
            s4 += W[r4, k] * x[k]
            s5 += W[r5, k] * x[k]
        out[r0] += s0
        out[r1] += s1
        out[r2] += s2
        out[r3] += s3
        out[r4] += s4
        out[r5] += s5
    for r in range(6 * n, n_rows):
        total = np.float32(0.0)
        for k in range(n_columns):
            total += W[r, k] * x[k]
        out[r] += total


@kernel
def quantise_rows(W: Float32, codes: Int8, scales: Float32) -> None:
    """Write W (R, K) as ``codes * scales``: codes (R, K) from -127 to 127, one scale (R,) a row; halves go to even."""
    n_rows, n_columns = W.shape
    for r in range(n_rows):
        size = largest_magnitude(W[r])
        scales[r] = size / np.float32(127.0)
        inverse = np.float32(127.0) / size if size > np.float32(0.0) else np.float32(0.0)
        for k in range(n_columns):
            codes[r, k] = np.int8(np.rint(W[r, k] * inverse))


@kernel_part
def largest_magnitude(x: Float32) -> np.float32:
    """Return the largest of abs(x), x (N,); NaN where one is, 0 for none.

    Without their sign, numbers stand in the order of their bits, and whole numbers are compared many at once.
    """
    bits, most = x.view(np.int32), np.int32(0)
    for n in range(bits.size):
        magnitude = np.int32(bits[n] & np.int32(0x7FFFFFFF))
        most = magnitude if magnitude > most else most
    found = np.int32(most)  # Numba views what has one definition
    return found.view(np.float32)


@kernel_part
def add_matvec_int8(codes: Int8, scales: Float32, x: Float32, out: Float32) -> None:
    """Add ``(codes * scales) x`` to ``out``: codes (R, K), scales (R,), x (K,), out (R,).

    Weights of 8 bit against numbers of 32: a quarter of the memory to read, and no rounding of x.
    """
    n_rows, n_columns = codes.shape
    n = stream_length(n_rows)
    for r0 in range(n):
        r1, r2, r3, r4, r5 = r0 + n, r0 + 2 * n, r0 + 3 * n, r0 + 4 * n, r0 + 5 * n
        s0 = s1 = s2 = s3 = s4 = s5 = np.float32(0.0)
        for k in range(n_columns):
            s0 += np.float32(codes[r0, k]) * x[k]
            s1 += np.float32(codes[r1, k]) * x[k]
            s2 += np.float32(codes[r2, k]) * x[k]
            s3 += np.float32(codes[r3, k]) * x[k]
            s4 += np.float32(codes[r4, k]) * x[k]
            s5 += np.float32(codes[r5, k]) * x[k]
        out[r0] += scales[r0] * s0
        out[r1] += scales[r1] * s1
        out[r2] += scales[r2] * s2
        out[r3] += scales[r3] * s3
        out[r4] += scales[r4] * s4
        out[r5] += scales[r5] * s5
    for r in range(6 * n, n_rows):
        total = np.float32(0.0)
        for k in range(n_columns):
            total += np.float32(codes[r, k]) * x[k]
        out[r] += scales[r] * total


@kernel
def add_product_transposed_int8(X: Float32, codes: Int8, scales: Float32, out: Float32) -> None:
    """Add ``X (codes * scales)^T`` to ``out``: X (T, K), codes (R, K), scales (R,), out (T, R)."""
    for t in range(len(X)):
        add_matvec_int8(codes, scales, X[t], out[t])


@kernel_part
def add_matvec_transposed(W: Float32, y: Float32, out: Float32) -> None:
    """Add ``W^T y`` to ``out``: W (R, K), y (R,), out (K,); ``out`` is written once for four rows."""
    n_rows, n_columns = W.shape
    whole = n_rows - n_rows % 4
    for r in range(0, whole, 4):
        y0, y1, y2, y3 = y[r], y[r + 1], y[r + 2], y[r + 3]
        for k in range(n_columns):
            out[k] += y0 * W[r, k] + y1 * W[r + 1, k] + y2 * W[r + 2, k] + y3 * W[r + 3, k]
    for r in range(whole, n_rows):
        for k in range(n_columns):
            out[k] += y[r] * W[r, k]


@kernel
def add_matvec_transposed_int8(codes: Int8, y: Float32, out: Float32) -> None:
    """Add ``codes^T y`` to ``out``: codes (R, K), y (R,) scales included; ``out`` (K,) is passed once for six rows."""
    n_rows, n_columns = codes.shape
    n = stream_length(n_rows)
    for r0 in range(n):
        r1, r2, r3, r4, r5 = r0 + n, r0 + 2 * n, r0 + 3 * n, r0 + 4 * n, r0 + 5 * n
        y0, y1, y2, y3, y4, y5 = y[r0], y[r1], y[r2], y[r3], y[r4], y[r5]
        for k in range(n_columns):
            added = y0 * np.float32(codes[r0, k]) + y1 * np.float32(codes[r1, k]) + y2 * np.float32(codes[r2, k])
            added += y3 * np.float32(codes[r3, k]) + y4 * np.float32(codes[r4, k]) + y5 * np.float32(codes[r5, k])
            out[k] += added
    for r in range(6 * n, n_rows):
        for k in range(n_columns):
            out[k] += y[r] * np.float32(codes[r, k])


@kernel
def add_product_transposed(X: Float32, W: Float32, out: Float32) -> None:
    """Add ``X W^T`` to ``out``: X (T, K), W (R, K), out (T, R).

    W is streamed from memory once for all T; blocks of 4 x 4 sums stay in registers: as fast as OpenBLAS [measured].
    """
    T, n_columns = X.shape
    n_rows = W.shape[0]
    whole_t, whole_r = T - T % 4, n_rows - n_rows % 4
    for r in range(0, whole_r if whole_t > 0 else 0, 4):
        for t in range(0, whole_t, 4):
            s00 = s01 = s02 = s03 = s10 = s11 = s12 = s13 = np.float32(0.0)
            s20 = s21 = s22 = s23 = s30 = s31 = s32 = s33 = np.float32(0.0)
            for k in range(n_columns):
                x0, x1, x2, x3 = X[t, k], X[t + 1, k], X[t + 2, k], X[t + 3, k]
                w0, w1, w2, w3 = W[r, k], W[r + 1, k], W[r + 2, k], W[r + 3, k]
                s00 += x0 * w0
                s01 += x0 * w1
                s02 += x0 * w2
                s03 += x0 * w3
                s10 += x1 * w0
                s11 += x1 * w1
                s12 += x1 * w2
                s13 += x1 * w3
                s20 += x2 * w0
                s21 += x2 * w1
                s22 += x2 * w2
                s23 += x2 * w3
                s30 += x3 * w0
                s31 += x3 * w1
                s32 += x3 * w2
                s33 += x3 * w3
            add_four(out, t, r, s00, s01, s02, s03)
            add_four(out, t + 1, r, s10, s11, s12, s13)
            add_four(out, t + 2, r, s20, s21, s22, s23)
            add_four(out, t + 3, r, s30, s31, s32, s33)
    for t in range(whole_t):
        add_matvec(W[whole_r:], X[t], out[t][whole_r:])
    for t in range(whole_t, T):
        add_matvec(W, X[t], out[t])


@kernel_part
def add_four(out: Float32, t: int, r: int, s0: np.float32, s1: np.float32, s2: np.float32, s3: np.float32) -> None:
    """Add four sums to ``out[t, r:r + 4]``."""
    out[t, r] += s0
    out[t, r + 1] += s1
    out[t, r + 2] += s2
    out[t, r + 3] += s3


@kernel
def add_product(A: Float32, X: Float32, out: Float32) -> None:
    """Add ``A X`` to ``out``: A (N, K), X (K, M), out (N, M).

    Goes through K in chunks whose rows of X stay in the nearest cache while all N rows of ``out`` pass: with few
    columns in A ``out`` is streamed once (weight gradients), with few rows X is (gradient of the input).
    """
    N, K = A.shape
    M = X.shape[1]
    whole_n = N - N % 4
    for first in range(0, K, 32):
        last = min(K, first + 32)
        whole_k = last - (last - first) % 4
        for n in range(0, whole_n, 4):
            for k in range(first, whole_k, 4):
                a00, a01, a02, a03 = A[n, k], A[n, k + 1], A[n, k + 2], A[n, k + 3]
                a10, a11, a12, a13 = A[n + 1, k], A[n + 1, k + 1], A[n + 1, k + 2], A[n + 1, k + 3]
                a20, a21, a22, a23 = A[n + 2, k], A[n + 2, k + 1], A[n + 2, k + 2], A[n + 2, k + 3]
                a30, a31, a32, a33 = A[n + 3, k], A[n + 3, k + 1], A[n + 3, k + 2], A[n + 3, k + 3]
                for m in range(M):
                    x0, x1, x2, x3 = X[k, m], X[k + 1, m], X[k + 2, m], X[k + 3, m]
                    out[n, m] += a00 * x0 + a01 * x1 + a02 * x2 + a03 * x3
                    out[n + 1, m] += a10 * x0 + a11 * x1 + a12 * x2 + a13 * x3
                    out[n + 2, m] += a20 * x0 + a21 * x1 + a22 * x2 + a23 * x3
                    out[n + 3, m] += a30 * x0 + a31 * x1 + a32 * x2 + a33 * x3
            for k in range(whole_k, last):
                for row in range(n, n + 4):
                    for m in range(M):
                        out[row, m] += A[row, k] * X[k, m]
        for n in range(whole_n, N):
            add_matvec_transposed(X[first:last], A[n][first:last], out[n])


# --------------------------------------------------------------------------------------------- recurrent cells


@kernel
def tanh_forward(W_h: Float32, b_h: Float32, A: Float32, H_: Float32, C: Float32, extra: Float32) -> None:
    """Elman 1990: ``h_t = tanh(a_t + W_h h_{t-1} + b_h)``; A goes in as ``W_x x_t + b_x``."""
    for t in range(len(A)):
        add_matvec(W_h, H_[t], A[t])
        tanh_gates(A[t], b_h, H_[t + 1])


@kernel
def tanh_forward_int8(codes: Int8, scales: Float32, b_h: Float32, A: Float32, H_: Float32, C: Float32) -> None:
    """Do as ``tanh_forward`` with W_h in 8 bit."""
    for t in range(len(A)):
        add_matvec_int8(codes, scales, H_[t], A[t])
        tanh_gates(A[t], b_h, H_[t + 1])


@kernel_part
def tanh_gates(a: Float32, b_h: Float32, h: Float32) -> None:
    """Turn the sums of one step into its state: a (H,), in place, and h (H,)."""
    for j in range(a.size):
        a[j] = tanh(a[j] + b_h[j])
        h[j] = a[j]


@kernel
def tanh_backward(
    W_h: Float32, A: Float32, H_: Float32, C: Float32, extra: Float32,
    d_H: Float32, d_A_x: Float32, d_A_h: Float32, d_h: Float32, d_c: Float32,
) -> None:  # fmt: skip
    """Differentiate ``tanh_forward``; d_h goes in for h_T (beside d_H) and comes out for h_0."""
    T, n_hidden = A.shape
    for t in range(T - 1, -1, -1):
        for j in range(n_hidden):
            h = A[t, j]
            d_A_h[t, j] = (d_h[j] + d_H[t, j]) * (np.float32(1.0) - h * h)
            d_A_x[t, j] = d_A_h[t, j]
            d_h[j] = np.float32(0.0)
        add_matvec_transposed(W_h, d_A_h[t], d_h)


@kernel_part
def gru_forward(W_h: Float32, b_h: Float32, A: Float32, H_: Float32, C: Float32, extra: Float32) -> None:
    """GRU [2], equations of ``torch.nn.GRU``; A goes in as ``W_x x_t + b_x``."""
    from_h = np.empty(b_h.size, np.float32)  # W_h h_{t-1} + b_h
    for t in range(len(A)):
        from_h[:] = b_h
        add_matvec(W_h, H_[t], from_h)
        gru_gates(A[t], from_h, H_[t], H_[t + 1], extra[t])


@kernel
def gru_forward_int8(codes: Int8, scales: Float32, b_h: Float32, A: Float32, H_: Float32, C: Float32) -> None:
    """Do as ``gru_forward`` with W_h in 8 bit."""
    from_h, unused = np.empty(b_h.size, np.float32), np.empty(H_.shape[1], np.float32)
    for t in range(len(A)):
        from_h[:] = b_h
        add_matvec_int8(codes, scales, H_[t], from_h)
        gru_gates(A[t], from_h, H_[t], H_[t + 1], unused)


@kernel_part
def gru_gates(a: Float32, from_h: Float32, h_before: Float32, h: Float32, extra: Float32) -> None:
    """Turn the sums of one step, a and from_h (3H,), into gates, in place, and into the state h (H,)."""
    n_hidden = h.size
    for j in range(n_hidden):
        r = sigmoid(a[j] + from_h[j])
        z = sigmoid(a[n_hidden + j] + from_h[n_hidden + j])
        from_h_n = from_h[2 * n_hidden + j]
        n = tanh(a[2 * n_hidden + j] + r * from_h_n)
        h[j] = (np.float32(1.0) - z) * n + z * h_before[j]
        extra[j] = from_h_n
        a[j], a[n_hidden + j], a[2 * n_hidden + j] = r, z, n


@kernel
def gru_backward(
    W_h: Float32, A: Float32, H_: Float32, C: Float32, extra: Float32,
    d_H: Float32, d_A_x: Float32, d_A_h: Float32, d_h: Float32, d_c: Float32,
) -> None:  # fmt: skip
    """Differentiate ``gru_forward``; d_A_x and d_A_h differ in the n block, where r stands before the product."""
    T, n_hidden = extra.shape
    one = np.float32(1.0)
    for t in range(T - 1, -1, -1):
        a = A[t]
        for j in range(n_hidden):
            r, z, n = a[j], a[n_hidden + j], a[2 * n_hidden + j]
            d = d_h[j] + d_H[t, j]
            d_n = d * (one - z) * (one - n * n)
            d_r = d_n * extra[t, j] * r * (one - r)
            d_z = d * (H_[t, j] - n) * z * (one - z)
            d_A_x[t, j], d_A_x[t, n_hidden + j], d_A_x[t, 2 * n_hidden + j] = d_r, d_z, d_n
            d_A_h[t, j], d_A_h[t, n_hidden + j], d_A_h[t, 2 * n_hidden + j] = d_r, d_z, d_n * r
            d_h[j] = d * z
        add_matvec_transposed(W_h, d_A_h[t], d_h)


@kernel
def lstm_forward(W_h: Float32, b_h: Float32, A: Float32, H_: Float32, C: Float32, extra: Float32) -> None:
    """LSTM [1], equations of ``torch.nn.LSTM``; A goes in as ``W_x x_t + b_x``."""
    for t in range(len(A)):
        add_matvec(W_h, H_[t], A[t])
        lstm_gates(A[t], b_h, C[t], C[t + 1], H_[t + 1], extra[t])


@kernel
def lstm_forward_int8(codes: Int8, scales: Float32, b_h: Float32, A: Float32, H_: Float32, C: Float32) -> None:
    """Do as ``lstm_forward`` with W_h in 8 bit."""
    unused = np.empty(H_.shape[1], np.float32)
    for t in range(len(A)):
        add_matvec_int8(codes, scales, H_[t], A[t])
        lstm_gates(A[t], b_h, C[t], C[t + 1], H_[t + 1], unused)


@kernel_part
def lstm_gates(a: Float32, b_h: Float32, c_before: Float32, c: Float32, h: Float32, extra: Float32) -> None:
    """Turn the sums of one step, a (4H,), into gates, in place, and into memory c, state h and tanh(c), all (H,)."""
    n_hidden = h.size
    for j in range(n_hidden):
        i = sigmoid(a[j] + b_h[j])
        f = sigmoid(a[n_hidden + j] + b_h[n_hidden + j])
        g = tanh(a[2 * n_hidden + j] + b_h[2 * n_hidden + j])
        o = sigmoid(a[3 * n_hidden + j] + b_h[3 * n_hidden + j])
        c[j] = f * c_before[j] + i * g
        extra[j] = tanh(c[j])
        h[j] = o * extra[j]
        a[j], a[n_hidden + j], a[2 * n_hidden + j], a[3 * n_hidden + j] = i, f, g, o


@kernel
def lstm_backward(
    W_h: Float32, A: Float32, H_: Float32, C: Float32, extra: Float32,
    d_H: Float32, d_A_x: Float32, d_A_h: Float32, d_h: Float32, d_c: Float32,
) -> None:  # fmt: skip
    """Differentiate ``lstm_forward``; d_h and d_c go in for h_T and c_T and come out for h_0 and c_0."""
    T, n_hidden = extra.shape
    one = np.float32(1.0)
    for t in range(T - 1, -1, -1):
        a, d_a = A[t], d_A_h[t]
        for j in range(n_hidden):
            i, f, g, o = a[j], a[n_hidden + j], a[2 * n_hidden + j], a[3 * n_hidden + j]
            d, tanh_c = d_h[j] + d_H[t, j], extra[t, j]
            d_memory = d_c[j] + d * o * (one - tanh_c * tanh_c)
            d_a[j] = d_memory * g * i * (one - i)
            d_a[n_hidden + j] = d_memory * C[t, j] * f * (one - f)
            d_a[2 * n_hidden + j] = d_memory * i * (one - g * g)
            d_a[3 * n_hidden + j] = d * tanh_c * o * (one - o)
            d_c[j] = d_memory * f
            d_h[j] = np.float32(0.0)
        d_A_x[t] = d_a
        add_matvec_transposed(W_h, d_a, d_h)


# --------------------------------------------------------------------------------------------- softmax


@kernel_part
def largest(x: Float32) -> np.float32:
    """Return the largest of x (N,); NaN is passed over, -inf for none. Four at a time, or each waits for the last."""
    m0 = m1 = m2 = m3 = np.float32(-np.inf)
    whole = x.size - x.size % 4
    for n in range(0, whole, 4):
        m0 = x[n] if x[n] > m0 else m0
        m1 = x[n + 1] if x[n + 1] > m1 else m1
        m2 = x[n + 2] if x[n + 2] > m2 else m2
        m3 = x[n + 3] if x[n + 3] > m3 else m3
    for n in range(whole, x.size):
        m0 = x[n] if x[n] > m0 else m0
    return max(m0, m1, m2, m3)


@kernel_part
def log_sum_exp(logits: Float32) -> float:
    """Return ``log(sum(exp(logits)))``; -inf where every logit is -inf, NaN where one is NaN."""
    peak = largest(logits)
    if peak == -np.inf:
        peak = np.float32(0.0)
    total = np.float32(0.0)
    for n in range(logits.size):
        total += exp32(logits[n] - peak)
    return float(peak) + math.log(float(total))


# --------------------------------------------------------------------------------------------- updates


@kernel
def sum_of_squares(x: Float32) -> float:
    """Return the sum of the squares of x (N,); partial sums of 4096 are gathered in double precision."""
    total = 0.0
    for first in range(0, x.size, 4096):
        chunk, part = x[first : first + 4096], np.float32(0.0)
        for n in range(chunk.size):
            part += chunk[n] * chunk[n]
        total += float(part)
    return total


@kernel
def scale(x: Float32, factor: np.float32) -> None:
    """Multiply x (N,) by ``factor`` in place."""
    for n in range(x.size):
        x[n] *= factor


@kernel
def decay_update(theta: Float32, d_theta: Float32, theta_0: Float32, rate: np.float32, pull: np.float32) -> None:
    """Plain gradient step with a pull towards ``theta_0``, in place; all (N,)."""
    for n in range(theta.size):
        theta[n] += pull * (theta_0[n] - theta[n]) - rate * d_theta[n]


@kernel
def all_finite(x: Float32) -> bool:
    """Whether x (N,) holds neither NaN nor infinity."""
    for first in range(0, x.size, 4096):
        chunk, n_bad = x[first : first + 4096], np.int32(0)
        for n in range(chunk.size):
            n_bad += np.int32(0) if abs(chunk[n]) < np.float32(np.inf) else np.int32(1)
        if n_bad > 0:
            return False
    return True


# --------------------------------------------------------------------------------------------- top k


@kernel_part
def insert(score: np.float32, row: np.int64, n: np.int64, best: Int32, best_scores: Float32) -> np.int64:
    """Put a row into the n best so far (largest score first, lower row among equals) and return the new n."""
    place = n if n < best.size else n - 1
    while place > 0 and (score > best_scores[place - 1] or (score == best_scores[place - 1] and row < best[place - 1])):
        best_scores[place], best[place] = best_scores[place - 1], best[place - 1]
        place -= 1
    best_scores[place], best[place] = score, row
    return np.int64(n + 1 if n < best.size else n)


@kernel
def top_k_in_range(scores: Float32, start: int, stop: int, best: Int32, best_scores: Float32) -> int:
    """Write the k best rows of ``scores[start:stop]`` into best (k,), and return how many there are.

    Hardly a block holds one that is better than the k-th so far, and whether it does is found out for many at once.
    """
    n = np.int64(0)
    threshold = np.float32(-np.inf)
    for first in range(start, stop, 128):
        block, n_better = scores[first : min(stop, first + 128)], np.int32(0)
        for index in range(block.size):
            n_better += np.int32(1) if block[index] > threshold else np.int32(0)
        if n_better == 0:
            continue
        for index in range(block.size):
            if block[index] > threshold:
                n = insert(block[index], np.int64(first + index), n, best, best_scores)
                if n == best.size:
                    threshold = best_scores[n - 1]
    return int(n)


# --------------------------------------------------------------------------------------------- spelling


@kernel_part
def read_letter(
    E: Float32, W_h: Float32, b_h: Float32, P: Float32, b_p: Float32, b_out: Float32,
    gates: Float32, H_: Float32, log_next: Float32,
) -> None:  # fmt: skip
    """Read one letter with a GRU: from H_[0] to H_[1] and log_next (V,), the log probabilities of what follows.

    ``gates`` (1, 3H) goes in as what the letter gives to them, ``W_x x + b_x``.
    """
    unused, extra = np.empty((1, 1), np.float32), np.empty((1, H_.shape[1]), np.float32)
    gru_forward(W_h, b_h, gates, H_, unused, extra)
    z = b_p.copy()
    add_matvec(P, H_[1], z)
    log_next[:] = b_out
    add_matvec(E, z, log_next)
    log_next -= np.float32(log_sum_exp(log_next))


@kernel
def spell(
    E: Float32, A_x: Float32, W_h: Float32, b_h: Float32, P: Float32, b_p: Float32, b_out: Float32,
    h: Float32, log_next: Float32, log_floor: float, n_steps: int, words: Int32, log_p: Float32,
) -> int:  # fmt: skip
    """Write the likeliest ways on from a GRU's state h (H,), the likeliest first, and return how many there are.

    Uniform-cost search (Dijkstra 1959): of all beginnings the likeliest is read next, so the first that ends is the
    likeliest word. It stops after n_steps readings, and follows nothing less likely than log_floor. The ids of the
    letters go into words (K, L), 0 behind them, and the logarithms of their probabilities into log_p (K,). A_x (V, 3H)
    is what each letter gives to the gates, log_next (V,) the logarithm of each letter's probability in state h.
    ``tree`` holds, of everything read, what it stands behind, its last letter and its length.
    """
    n_words, longest = words.shape
    # Waiting: a letter behind something that was read. Such beginnings exclude each other, so that no more of them than
    # 1 / floor are likely enough.
    room = int(math.exp(-log_floor)) + 1 + log_next.size
    scores, waiting = np.empty(room, np.float32), np.empty((room, 2), np.int32)
    states, tree = np.empty((n_steps + 1, h.size), np.float32), np.zeros((n_steps + 1, 3), np.int32)
    gates, H_ = np.empty((1, A_x.shape[1]), np.float32), np.empty((2, h.size), np.float32)
    log_letter = log_next.copy()
    log_letter[0] = -np.inf  # where nothing is added, nothing goes on
    states[0] = h
    n_read, n_waiting, n_found = np.int64(1), np.int64(0), 0  # for literals wait_behind would be compiled again
    n_waiting = wait_behind(n_waiting, np.float32(0.0), log_letter, log_floor, scores, waiting, n_waiting)
    while n_waiting > 0 and n_found < n_words:
        best = np.argmax(scores[:n_waiting])
        score, parent, letter = scores[best], waiting[best, 0], waiting[best, 1]
        n_waiting -= 1
        scores[best], waiting[best] = scores[n_waiting], waiting[n_waiting]
        if letter == 0:
            log_p[n_found] = score
            words[n_found] = 0
            while parent > 0:
                words[n_found, tree[parent, 2] - 1] = tree[parent, 1]
                parent = tree[parent, 0]
            n_found += 1
        elif n_read > n_steps:
            break
        else:
            tree[n_read, 0], tree[n_read, 1], tree[n_read, 2] = parent, letter, tree[parent, 2] + 1
            gates[0], H_[0] = A_x[letter], states[parent]
            read_letter(E, W_h, b_h, P, b_p, b_out, gates, H_, log_letter)
            states[n_read] = H_[1]
            follow = log_letter if tree[n_read, 2] < longest else log_letter[:1]
            n_waiting = wait_behind(n_read, score, follow, log_floor, scores, waiting, n_waiting)
            n_read += 1
    return n_found


@kernel_part
def wait_behind(
    parent: np.int64, log_here: np.float32, log_next: Float32, log_floor: float, scores: Float32, waiting: Int32,
    n: np.int64,
) -> np.int64:  # fmt: skip
    """Add the letters that are likely enough behind ``parent`` to the n that wait; return how many wait now."""
    for letter in range(log_next.size):
        if log_here + log_next[letter] >= log_floor:
            scores[n], waiting[n, 0], waiting[n, 1] = log_here + log_next[letter], parent, letter
            n += 1
    return n
