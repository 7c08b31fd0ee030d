"""An integer program: which columns to take so that the sum of their costs is least.

Solved by HiGHS (https://highs.dev), to the optimum; the same program has the same answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lichtbrief.errors import LichtbriefError

if TYPE_CHECKING:
    import highspy

MOST_NODES = 20_000  # of the search; 300 families take a few
TAKEN = 0.5


@dataclass(slots=True)
class Program:
    """Columns that are taken or not, and rows that say which go together."""

    costs: list[float] = field(default_factory=list)
    rows: list[tuple[float, float, Mapping[int, float]]] = field(default_factory=list)

    def column(self, cost: float) -> int:
        """A further column; its number."""
        self.costs.append(cost)
        return len(self.costs) - 1

    def exactly_one(self, columns: Iterable[int]) -> None:
        """One of these is taken."""
        self.rows.append((1, 1, dict.fromkeys(columns, 1.0)))

    def at_most_one(self, columns: Iterable[int]) -> None:
        """No two of these are taken."""
        row = dict.fromkeys(columns, 1.0)
        if len(row) > 1:
            self.rows.append((0, 1, row))

    def only_with(self, column: int, others: Iterable[int]) -> None:
        """This is taken only if one of the others is."""
        self.rows.append((-float("inf"), 0, {column: 1.0, **dict.fromkeys(others, -1.0)}))

    def solve(self) -> list[bool]:
        """Whether each column is taken; raises `LichtbriefError` without HiGHS, or an answer."""
        if not self.costs:
            return []
        solver = _solver()
        solver.passModel(self._model())
        solver.run()
        solution = solver.getSolution()
        if not solution.value_valid:
            raise LichtbriefError("no times could be found", "please report this with --debug")
        return [value > TAKEN for value in solution.col_value]

    def _model(self) -> "highspy.HighsLp":
        import highspy

        model = highspy.HighsLp()
        count = len(self.costs)
        model.num_col_, model.num_row_ = count, len(self.rows)
        model.col_cost_ = self.costs
        model.col_lower_, model.col_upper_ = [0.0] * count, [1.0] * count
        model.row_lower_ = [lower for lower, _, _ in self.rows]
        model.row_upper_ = [upper for _, upper, _ in self.rows]
        model.integrality_ = [highspy.HighsVarType.kInteger] * count
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        starts = [0]
        for _, _, row in self.rows:
            starts.append(starts[-1] + len(row))
        matrix.start_ = starts
        matrix.index_ = [column for _, _, row in self.rows for column in row]
        matrix.value_ = [value for _, _, row in self.rows for value in row.values()]
        return model


def _solver() -> "highspy.Highs":
    try:
        import highspy
    except ImportError:
        hint = 'pip install "lichtbrief[talks]"'
        raise LichtbriefError("giving times to talks needs HiGHS", hint) from None

    class Quiet(highspy.Highs):
        """HiGHS greets on standard output as soon as it is made, and our answer is there."""

        def enableCallbacks(self) -> None:  # noqa: N802 (its own name)
            self.silent()
            super().enableCallbacks()  # type: ignore[no-untyped-call]  # it has no types

    solver = Quiet()  # type: ignore[no-untyped-call]  # it has no types
    # One thread, and a bound that counts steps, not seconds: the same answer on any machine.
    for name, value in (("threads", 1), ("mip_rel_gap", 0.0), ("mip_max_nodes", MOST_NODES)):
        solver.setOptionValue(name, value)
    return solver
