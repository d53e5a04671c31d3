"""Abstract frameworks (Dung 1995) of a debate for solvers: APX of ASPARTIX, and AF of ICCMA 2023.

The framework is the one that ``sicetnon standing`` asks, as :mod:`graph.analysis.framework` makes
it: supports are read deductively and stand as helper arguments, which come after the claims.

References:
    U. Egly, S. A. Gaggl, S. Woltran. Answer-set programming encodings for argumentation
    frameworks. Argument and Computation 1(2), 2010 (APX).
    M. Järvisalo, T. Lehtonen, A. Niskanen. Solver requirements. ICCMA 2023.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from ..analysis.framework import Framework, framework
from ..analysis.standing import weighed
from ..model import AttackKind, Debate
from .fitting import fit
from .losses import Feature, Fitted, Tally, cut

__all__ = ["argument_name", "fit_abstract", "write_af", "write_apx"]


def argument_name(claim: str) -> str:
    """The name of the argument of a claim, which every solver takes and from which it can be told.

    Hyphens are doubled underscores, all other signs their numbers between underscores.

    >>> argument_name("asm-safe"), argument_name("née")
    ('c_asm__safe', 'c_n_e9_e')
    """
    return "c_" + re.sub(
        r"[^A-Za-z0-9]",
        lambda found: "__" if found.group() == "-" else f"_{ord(found.group()):x}_",
        claim,
    )


def write_apx(debate: Debate) -> str:
    r"""The framework as APX: an ``arg`` for each argument, an ``att`` for each attack.

    There are no comments, which some solvers refuse; the names tell the claims.

    >>> from .argdown import parse_argdown
    >>> print(write_apx(parse_argdown("[a]: Trams are quiet.\n  - [b]: They squeal.")))
    arg(c_a).
    arg(c_b).
    att(c_b,c_a).
    <BLANKLINE>
    """
    made = framework(weighed(debate))
    names = [argument_name(claims[0]) for claims in made.claims]
    names += [f"step_{number}" for number in range(1, len(made.attackers) - len(names) + 1)]
    arguments = (f"arg({name}).\n" for name in names)
    attacks = (f"att({names[a]},{names[b]}).\n" for a, b in _attacks(made))
    return "".join((*arguments, *attacks))


def write_af(debate: Debate) -> str:
    r"""The framework as ICCMA 2023 has it: numbers from 1, with the claims in comments.

    >>> from .argdown import parse_argdown
    >>> print(write_af(parse_argdown("[a]: Trams are quiet.\n  - [b]: They squeal.")))
    p af 2
    # 1 a: Trams are quiet.
    # 2 b: They squeal.
    2 1
    <BLANKLINE>
    """
    made = framework(weighed(debate))
    lines = [f"p af {len(made.attackers)}"]
    for number, claims in enumerate(made.claims, 1):
        lines += [f"# {number} {claim}: {debate.claim(claim).text}" for claim in claims]
    lines += [f"{a + 1} {b + 1}" for a, b in _attacks(made)]
    return "\n".join((*lines, ""))


def _attacks(made: Framework) -> Iterator[tuple[int, int]]:
    for target, attackers in enumerate(made.attackers):
        yield from ((attacker, target) for attacker in attackers)


def fit_abstract(debate: Debate, keeps: Collection[Feature], name: str) -> Fitted:
    """What a framework holds of a debate: no supports, and no texts."""
    tally = Tally()
    for support in debate.supports:
        tally.add("supports, but for the attacks that they carry", f"[{support.id}]")
    for claim in debate.claims:
        tally.add("texts of claims", f"{cut(claim.text)} [{claim.id}]")
    attacks = tuple(a for a in debate.attacks if a.kind is not AttackKind.UNDERCUT)
    return fit(replace(debate, supports=(), attacks=attacks), keeps, name, tally)
