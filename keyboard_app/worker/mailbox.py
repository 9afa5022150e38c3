"""What the interface thread leaves for the model thread: only the newest question, and all the rest."""

from __future__ import annotations

from collections import deque
from threading import Lock

from engine.values import Commit, Feedback
from keyboard_app.typist.messages import CorrectionRequest, PredictRequest, WordWish
from keyboard_app.typist.orders import Order


class Mailbox:
    """Thread-safe. ``put_*`` return whether the model thread must be woken: whether the box was empty before."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._request: PredictRequest | None = None
        self._commits: deque[Commit] = deque()
        self._wishes: deque[WordWish] = deque()
        self._orders: deque[Order] = deque()
        self._looks: deque[CorrectionRequest | Feedback] = deque()
        self._stopping = False

    def put_request(self, request: PredictRequest) -> bool:
        """Replace whatever question waits by ``request``: older ones are stale."""
        with self._lock:
            was_empty = self._is_empty()
            self._request = request
            return was_empty

    def put_commit(self, commit: Commit) -> bool:
        """Queue ``commit`` behind those that wait; none is ever dropped."""
        with self._lock:
            was_empty = self._is_empty()
            self._commits.append(commit)
            return was_empty

    def put_wish(self, wish: WordWish) -> bool:
        """Queue ``wish`` behind those that wait."""
        with self._lock:
            was_empty = self._is_empty()
            self._wishes.append(wish)
            return was_empty

    def put_order(self, order: Order) -> bool:
        """Queue ``order`` behind those that wait."""
        with self._lock:
            was_empty = self._is_empty()
            self._orders.append(order)
            return was_empty

    def put_look(self, look: CorrectionRequest | Feedback) -> bool:
        """Queue a word to be looked at, or what the user thought of a correction, behind those that wait."""
        with self._lock:
            was_empty = self._is_empty()
            self._looks.append(look)
            return was_empty

    def put_stop(self) -> bool:
        """Ask the model thread to learn what is queued, and end; questions are no longer answered."""
        with self._lock:
            was_empty = self._is_empty()
            self._request = None
            self._stopping = True
            return was_empty

    def take_request(self) -> PredictRequest | None:
        """Take the newest question out, if one waits."""
        with self._lock:
            request, self._request = self._request, None
            return request

    def take_commit(self) -> Commit | None:
        """Take the oldest commit out, if one waits."""
        with self._lock:
            return self._commits.popleft() if self._commits else None

    def take_wish(self) -> WordWish | None:
        """Take the oldest wish out, if one waits."""
        with self._lock:
            return self._wishes.popleft() if self._wishes else None

    def take_order(self) -> Order | None:
        """Take the oldest order out, once all words before it were looked at and learned: none must come back."""
        with self._lock:
            is_next = not self._commits and not self._looks
            return self._orders.popleft() if self._orders and is_next else None

    def take_look(self) -> CorrectionRequest | Feedback | None:
        """Take the oldest word to be looked at, or feedback, out, if one waits."""
        with self._lock:
            return self._looks.popleft() if self._looks else None

    @property
    def has_request(self) -> bool:
        """Tell whether a question waits."""
        with self._lock:
            return self._request is not None

    @property
    def is_urgent(self) -> bool:
        """Tell whether something waits that the user waits for."""
        with self._lock:
            return self._request is not None or bool(self._looks)

    @property
    def n_commits(self) -> int:
        """Count the commits that wait."""
        with self._lock:
            return len(self._commits)

    @property
    def is_stopping(self) -> bool:
        """Tell whether the end was asked for."""
        with self._lock:
            return self._stopping

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing waits."""
        with self._lock:
            return self._is_empty()

    def _is_empty(self) -> bool:
        queues = (self._commits, self._wishes, self._orders, self._looks)
        return self._request is None and not any(queues) and not self._stopping
