"""Why a word is offered: its probability, divided among those that it comes from.

The blend adds up what the network, the user's counts and latest words say, so a part of the sum is a part of the
reason. What the network learned is the difference between what it says now and what it said as it was shipped.
"""

from __future__ import annotations

from engine.model.shipped_network import ShippedExpectation, ShippedNetwork
from engine.model.spelling import CharacterNetwork
from engine.prediction.blend import NextWord
from engine.prediction.predictor import Predictor
from engine.prediction.reading import passage_before
from engine.prediction.spelling import Speller
from engine.text.context import Context
from engine.text.tokenizer import as_token
from engine.values import Explanation


class Explainer:
    """Explains suggestions of one predictor; like it, it never changes the model. Slow: for single questions."""

    def __init__(
        self, predictor: Predictor, shipped: ShippedNetwork, character_network: CharacterNetwork | None = None
    ) -> None:
        """Compare with the ``shipped`` network; ``character_network`` is the one that the predictor spells by."""
        self._predictor, self._shipped, self._character_network = predictor, shipped, character_network

    def explain(self, context: Context, word: str) -> Explanation | None:
        """Return where a suggestion's probability comes from; None where the word is not suggested there now."""
        known = self._predictor.probability_of(context, word)
        if known is None:
            return None
        p, mass = known
        blend, token = self._predictor.blend, as_token(word)
        answer = self._predictor.next_word(context)
        shares = blend.shares(answer)
        network, own, recent = (s * part for s, part in zip(shares, blend.components(answer, token), strict=True))
        is_spelled = not blend.model.has_row(token) and p > (network + own + recent) * (1.0 + 1e-6)
        expected = self._shipped.expect(passage_before(context.left, blend.model.has_row))
        words = blend.shipped_words(expected.rows, expected.probabilities)
        shipped = shares.network * blend.shipped_probability(words, token)
        spelled = shares.network * float(words[0]) * self._spelled(expected, token) if is_spelled else 0.0
        learned = p - shipped - spelled - own - recent
        after, uses_after = self._evidence(answer, token)
        return Explanation(
            context, word, p / mass, shipped / mass, spelled / mass, learned / mass, own / mass, recent / mass,
            self._uses(token), after, uses_after,
        )  # fmt: skip

    def _spelled(self, expected: ShippedExpectation, token: str) -> float:
        """Return the share of a spelled word in what is expected of ``<unknown>``."""
        if self._character_network is None:
            return 0.0
        return self._predictor.blend.spelling_share * Speller(self._character_network, expected.z).whole(token)

    def _uses(self, token: str) -> int:
        row = self._predictor.blend.model.row_of(token)
        return self._predictor.blend.counts.times(row) if row else 0

    def _evidence(self, answer: NextWord, token: str) -> tuple[tuple[str, ...], int]:
        """Return the tokens before the caret after which the user wrote a word, and how often; two if they ever did."""
        model, counts = self._predictor.blend.model, self._predictor.blend.counts
        row, (before, last) = model.row_of(token), answer.before_and_last
        if not row or not last:  # what stands before it has no name
            return (), 0
        if before and (times := counts.times(row, last, before)):
            return (model.form_of(before), model.form_of(last)), times
        times = counts.times(row, last)
        return ((model.form_of(last),), times) if times else ((), 0)
