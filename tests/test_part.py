"""Parts of a debate: each is a debate of its own, and keeps what belongs together."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.analysis.clashes import clashes
from graph.analysis.contradictions import contradictions
from graph.analysis.part import (
    around,
    between,
    clash_of_rank,
    of_clash,
    on_issue,
    restricted,
    select,
)
from graph.errors import UnknownNameError
from graph.formats.argdown import parse_argdown
from graph.model import AttackKind, Debate
from tests.kosovo import kosovo
from tests.nightbus import night_bus
from tests.strategies import debates


def names(part: Debate) -> list[str]:
    return sorted(claim.id for claim in part.claims)


def relations(debate: Debate) -> set[object]:
    return {*debate.supports, *debate.attacks, *debate.rephrases}


def linked_ends(debate: Debate) -> list[set[str]]:
    """The claims that each relation joins, an undercut with the whole inference."""
    found = [{*s.premises, s.conclusion} for s in debate.supports]
    for attack in debate.attacks:
        if attack.kind is AttackKind.UNDERCUT:
            support = debate.support_by_id[attack.target]
            found.append({attack.attacker, *support.premises, support.conclusion})
        else:
            found.append({attack.attacker, attack.target})
    return found + [{r.first, r.second} for r in debate.rephrases]


def check(part: Debate, whole: Debate, kept: set[str]) -> None:
    """A part is made of parts of the whole, holds what is asked, and tears nothing."""
    assert set(part.claims) <= set(whole.claims)
    assert {c.id for c in part.claims} >= kept
    assert relations(part) <= relations(whole)
    assert set(part.sources) <= set(whole.sources)
    assert set(part.agents) <= set(whole.agents)
    assert part.base == whole.base
    there = set(names(part))
    for support in whole.supports:
        if support.conclusion in there and len(support.premises) == 1:
            assert (support in part.supports) == (support.premises[0] in there)
        elif support.conclusion in there and there.intersection(support.premises):
            assert support in part.supports
    for attack in whole.attacks:
        if attack.kind is AttackKind.UNDERCUT:
            support = whole.support_by_id[attack.target]
            if {attack.attacker, support.conclusion} <= there:
                assert attack in part.attacks
        elif {attack.attacker, attack.target} <= there:
            assert attack in part.attacks
    for rephrase in whole.rephrases:
        assert (rephrase in part.rephrases) == ({rephrase.first, rephrase.second} <= there)
    for issue in part.issues:
        original = whole.issue_by_id[issue.id]
        assert set(issue.pro) == there.intersection(original.pro)
        assert set(issue.con) == there.intersection(original.con)
    used: set[str | None] = {c.source for c in part.claims}
    used |= {s.source for s in part.supports} | {a.source for a in part.attacks}
    used |= {r.source for r in part.rephrases}
    assert all(source.id in used for source in part.sources)


@given(debates(), st.integers(0, 4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_around_a_claim_is_what_a_walk_reaches(debate: Debate, links: int) -> None:
    relations = linked_ends(debate)
    for claim in debate.claims:
        part = around(debate, claim.id, links)
        reached = {claim.id}
        for _ in range(links):
            reached |= {e for ends in relations if ends & reached for e in ends}
        check(part, debate, reached)
        if links > 0:
            near = {e for ends in relations if claim.id in ends for e in ends}
            assert near <= set(names(part))


@given(debates(), st.integers(0, 3))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_parts_of_issues_clashes_and_pairs_are_debates(debate: Debate, links: int) -> None:
    for issue in debate.issues:
        part = on_issue(debate, issue.id, links)
        check(part, debate, {*issue.pro, *issue.con})
        assert issue in part.issues
    for clash in clashes(debate):
        row = clash.contradiction
        part = of_clash(debate, clash, links)
        check(part, debate, {c for c in row.path if c in debate.claim_by_id})
    for first in debate.agents:
        for second in debate.agents:
            held = {c.id for c in debate.claims if c.holder in (first.id, second.id)}
            check(between(debate, first.id, second.id), debate, held)


@given(debates(), st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_claims_make_a_part(debate: Debate, data: st.DataObject) -> None:
    some = (
        st.lists(st.sampled_from([c.id for c in debate.claims])) if debate.claims else st.just([])
    )
    kept = data.draw(some)
    check(restricted(debate, kept, "Some of it"), debate, set(kept))


@given(debates())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_all_the_claims_make_the_whole(debate: Debate) -> None:
    part = restricted(debate, [c.id for c in debate.claims], debate.title)
    answered = [i for i in debate.issues if i.pro or i.con]
    assert part.claims == debate.claims
    assert relations(part) == relations(debate)
    assert list(part.issues) == answered


@given(debates())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_clash_is_a_clash_of_its_part_too(debate: Debate) -> None:
    for clash in clashes(debate):
        row = clash.contradiction
        pairs = {
            (c.first, c.second)
            for found in contradictions(of_clash(debate, clash, 0))
            for c in (found, *found.backing)
        }
        assert (row.first, row.second) in pairs or (row.second, row.first) in pairs


def test_each_clash_of_the_five_pieces_is_a_clash_of_its_part() -> None:
    for clash in clashes(kosovo())[:40]:
        part = of_clash(kosovo(), clash, 1)
        row = clash.contradiction
        there = {(c.first, c.second) for c in contradictions(part)}
        assert (row.first, row.second) in there
        assert set(clash.first_backing[:1]) <= set(names(part))


def test_more_links_reach_more() -> None:
    sizes = [len(around(kosovo(), "heh-asm-disaster", n).claims) for n in range(5)]
    assert sizes == sorted(set(sizes))
    assert sizes[0] == 1
    sizes = [len(on_issue(kosovo(), "asm-endangers-kosovo", n).claims) for n in range(3)]
    assert sizes == sorted(set(sizes))


def test_an_undercut_keeps_its_support() -> None:
    debate = night_bus()
    undercuts = [a for a in debate.attacks if a.kind is AttackKind.UNDERCUT]
    assert undercuts
    for attack in undercuts:
        part = around(debate, attack.attacker)
        assert attack in part.attacks
        assert debate.support_by_id[attack.target] in part.supports


def test_an_issue_brings_attacks_on_its_answers() -> None:
    part = on_issue(kosovo(), "asm-endangers-kosovo", 0)
    assert {"ce-no-sovereignty-threat", "heh-asm-erodes-kosovo"} <= set(names(part))
    assert part.attacks
    assert part.title.endswith("Does the Association endanger Kosovo as a state?")


def test_two_authors_keep_all_that_they_hold() -> None:
    part = between(kosovo(), "hehir", "ecfr")
    assert {c.id for c in kosovo().claims if c.holder in ("hehir", "ecfr")} <= set(names(part))

    def rows(debate: Debate) -> set[tuple[str, ...]]:
        pair = {"hehir", "ecfr"}
        found = contradictions(debate)
        return {c.path for c in found if {c.first_holder, c.second_holder} == pair}

    assert rows(part) == rows(kosovo())


def test_groups_keep_their_members() -> None:
    part = around(kosovo(), "ce-asm-now", 0)
    assert {"derek-chollet", "gabriel-escobar", "chollet-escobar"} == {a.id for a in part.agents}


def test_select_takes_what_is_named() -> None:
    debate = kosovo()
    assert select(debate).debate is debate
    assert select(debate, claim="ce-asm-now", links=0).focus == ("ce-asm-now",)
    assert select(debate, issue="west-firm").debate == on_issue(debate, "west-firm")
    row = clash_of_rank(debate, 1).contradiction
    assert select(debate, clash=1).focus == (row.first, row.second)
    assert select(debate, pair=("hehir", "ecfr")).debate == between(debate, "hehir", "ecfr")


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"claim": "heh-asm-disastr"}, "no claim is called 'heh-asm-disastr'; did you mean"),
        ({"issue": "west-frim"}, "no issue is called 'west-frim'; did you mean west-firm"),
        ({"issue": "?"}, "no issue is called '?'; there are: establish-asm, "),
        ({"clash": 0}, "there is no clash 0; they are numbered 1 to "),
        ({"clash": 9999}, "there is no clash 9999; they are numbered 1 to "),
        ({"pair": ("hehir", "hehri")}, "no author is called 'hehri'; did you mean hehir?"),
    ],
)
def test_what_is_not_there_is_named(wanted: dict[str, object], message: str) -> None:
    with pytest.raises(UnknownNameError) as caught:
        select(kosovo(), **wanted)  # type: ignore[arg-type]
    assert str(caught.value).startswith(message)


def test_a_debate_without_clashes_says_so() -> None:
    with pytest.raises(UnknownNameError, match="nobody clashes here"):
        clash_of_rank(parse_argdown("[a]: Trams are quiet."), 1)
