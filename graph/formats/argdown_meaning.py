"""What the blocks of an Argdown document state: claims, relations, reconstructions, issues.

Relations are kept as read, for :mod:`graph.formats.argdown_relations` to resolve at the end, since
an argument may be used before its premises are given.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise

from ..errors import ArgdownError, DebateError, Place
from ..model import (
    Agent,
    Attack,
    Claim,
    Issue,
    Rephrase,
    Status,
    Support,
    nearest,
)
from .argdown_data import (
    ISSUE_TAG,
    Front,
    MisfitError,
    allow,
    mapping,
    one_of,
    read_anchor,
    read_origin,
    scalar,
)
from .argdown_relations import Careful, Edge, Ends, Key, Relations, Whole
from .argdown_syntax import Block, Heading, Inference, Items, Node, Reconstruction, Relation
from .argdown_yaml import Data
from .losses import Tally, cut

__all__ = ["BETWEEN", "Collected", "untitled"]

#: The heading of relations that were drawn between pieces; it says nothing itself.
BETWEEN = "Between the pieces"

_STATEMENT_KEYS = frozenset({"holder", "status", "at", "origin", "rephrases", "relation"})

_SIGNS: dict[str, tuple[str, bool]] = {
    "+": ("support", True),
    "<+": ("support", True),
    "+>": ("support", False),
    "-": ("attack", True),
    "<-": ("attack", True),
    "->": ("attack", False),
    "_": ("undercut", True),
    "<_": ("undercut", True),
    "_>": ("undercut", False),
    "><": ("contradictory", True),
}

_BRACKETS = str.maketrans("[]{}<>", "()()‹›")
_NOT_IN_NAMES = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def untitled(text: str) -> str:
    """The name of a statement without a title.

    >>> untitled("It rains.")
    'untitled-6f58a762'
    """
    return f"untitled-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


class Collected:
    """What the blocks of a document state, in their order; what a debate lacks is tallied."""

    def __init__(self, front: Front, tally: Tally) -> None:
        self._front = front
        self._tally = tally
        self._careful = Careful(front, tally)
        self.claims: dict[str, Claim] = {}
        self.agents: dict[str, Agent] = {}
        self.rephrases: dict[str, Rephrase] = {}
        self._issues: dict[str, Issue] = {}
        self._asked: dict[str, tuple[Node, str | None]] = {}
        self._edges: list[Edge] = []
        self._ids: dict[Key, str] = {}
        self._wordings: dict[tuple[Key, str], str] = {}
        self._used: dict[Key, tuple[Place, str | None]] = {}
        self._extras: list[tuple[Key, Node, str | None]] = []
        self._numbers: Counter[str] = Counter()
        self._with_premises: set[str] = set()
        self._wholes: dict[str, Whole] = {}
        self._steps: list[tuple[str, list[Key], Key, Inference, str | None]] = []
        self._step_names: dict[str, Place] = {}
        self._inferences: dict[str, str] = {}
        self._number = 0
        self._section: list[tuple[int, str | None]] = []

    @property
    def _source(self) -> str | None:
        return self._section[-1][1] if self._section else None

    def add_blocks(self, blocks: Iterable[Block]) -> None:
        """Take in the blocks; a reconstruction belongs to the argument right above it."""
        blocks = tuple(blocks)
        for block, follower in pairwise(blocks):
            named = isinstance(block, Node) and block.kind == "argument"
            if isinstance(block, Node) and named and isinstance(follower, Reconstruction):
                self._with_premises.add(block.title or "")
        above: Node | None = None
        for block in blocks:
            if isinstance(block, Heading):
                self._add_heading(block)
            elif isinstance(block, Reconstruction):
                self._add_reconstruction(block, above)
            elif isinstance(block, Items):
                self._tally.add("lists", f"{len(block.nodes)} items at {block.place}")
                for node in block.nodes:
                    self._add_tree(node)
            elif block.title is not None or block.text is not None:
                self._add_tree(block)
            named = isinstance(block, Node) and block.kind == "argument"
            above = block if isinstance(block, Node) and named else None

    def _add_heading(self, heading: Heading) -> None:
        of = f"heading {cut(heading.text)!r}"
        allow(heading.data, {"source"}, heading.place, self._tally, of)
        for tag in heading.tags:
            self._tally.add("tags of headings", f"#{tag} of {of}")
        while self._section and self._section[-1][0] >= heading.level:
            self._section.pop()
        source = self._source
        named = self._careful.read(
            lambda: scalar(heading.data, "source", heading.place), "source", of
        )
        if named is not None:
            if named in self._front.source_by_id:
                source = named
            else:
                self._careful.pass_over(
                    ArgdownError(
                        f"source {named!r} is not listed in the front matter of the main file"
                        f"{nearest(named, self._front.source_by_id)}",
                        heading.place,
                    ),
                    "keys in data",
                    f"source: {named} of {of}",
                )
        elif heading.text != BETWEEN and not self._front.own:
            # where headings carry the pieces, those below are for the eye, as comments are
            self._tally.add("headings", heading.text)
        self._section.append((heading.level, source))

    def _add_tree(self, top: Node) -> Key:
        """State a node and all the relations under it; a loop, as maps may be very deep."""
        if "relation" in top.data:
            self._tally.add("keys in data", f"relation of {_shown(top)}, which is related to none")
        top_key = self._state(top)
        self._add_relations(top_key, top.relations)
        return top_key

    def _add_relations(self, top_key: Key, relations: list[Relation]) -> None:
        stack: list[tuple[Key, Relation]] = [(top_key, r) for r in reversed(relations)]
        while stack:
            parent, relation = stack.pop()
            node = relation.node
            child = self._state(node)
            name, upward = _SIGNS[relation.sign]
            start, end = (child, parent) if upward else (parent, child)
            data = self._relation_data(node)
            self._edges.append(Edge(name, start, end, data, self._source, node.place))
            stack.extend((child, r) for r in reversed(node.relations))

    def _relation_data(self, node: Node) -> dict[str, Data]:
        read = self._careful.read(
            lambda: mapping(node.data, "relation", node.place), "relation", _shown(node)
        )
        return read or {}

    # Claims ------------------------------------------------------------------------------------

    def _state(self, node: Node) -> Key:
        """The key of a node, whose claim or issue is kept if this is where it is stated."""
        front, of = self._front, _shown(node)
        allow(node.data, _STATEMENT_KEYS, node.place, self._tally, of)
        text = node.bare if front.bare and node.bare is not None else node.text
        title = node.title or untitled(text or "")
        key = node.kind, title
        self._used.setdefault(key, (node.place, self._source))
        if node.kind == "argument" and title in self._with_premises:
            self._pass_over_description(node, title)
            return key
        own_data = set(node.data) & (_STATEMENT_KEYS - {"relation", "rephrases"})
        if not text:
            if front.own and node.text is not None:
                raise ArgdownError(f"{of} has no text", node.place)
            if front.own and (node.tags or own_data):
                raise ArgdownError(
                    f"tags and data belong where [{title}] is stated, not where it is used",
                    node.place,
                )
            if node.tags or own_data or "rephrases" in node.data:
                self._extras.append((key, node, self._source))
            return key
        if node.kind == "statement" and ISSUE_TAG in node.tags:
            asked = self._add_issue(title, node, bool(own_data or "rephrases" in node.data))
            if asked:
                return key
        self._add_claim(key, text, node)
        return key

    def _pass_over_description(self, node: Node, title: str) -> None:
        of = f"<{title}>"
        if node.text:
            self._tally.add("descriptions of arguments", f"{of}: {cut(node.text)}")
        for tag in node.tags:
            self._tally.add("tags of arguments", f"#{tag} of {of}")
        for data in sorted(set(node.data) & (_STATEMENT_KEYS - {"relation"})):
            self._tally.add("keys in data", f"{data}: {node.data[data]} of {of}")

    def _add_issue(self, title: str, node: Node, own_data: bool) -> bool:
        """True if the node is a question; in other people's files it may be no more than a tag."""
        if len(node.tags) > 1 or own_data:
            if self._front.own:
                raise ArgdownError(f"issue [{title}] can have no other tags or data", node.place)
            return False
        if (first := self._issues.get(title)) or ("statement", title) in self._ids:
            if self._front.own and first:
                raise DebateError(
                    f"two issues are called [{title}] (first at {first.place})", node.place
                )
            return not self._front.own and first is not None and first.question == node.text
        name = self._name(("statement", title), node.place)
        if name in self._issues or name in self.claims:
            raise DebateError(f"[{title}] is both an issue and a claim", node.place)
        self._issues[name] = Issue(name, node.text or "", place=node.place)
        self._asked[name] = node, self._source
        return True

    def _add_claim(self, key: Key, text: str, node: Node) -> None:
        place = node.place
        same = self._wordings.get((key, text))
        if same is not None and (node.title is None or not self._front.own):
            self._extras.append((key, _bare(node) if self._front.own else node, self._source))
            return  # said twice in the same words: one claim
        first = self._ids.get(key)
        if first is None:
            name = self._name(key, place)
        elif not self._front.own:
            name = self._free(first)
        else:
            shown = self.claims[first].place if first in self.claims else None
            where = f" (first at {shown})" if shown else ""
            raise DebateError(f"two claims are called [{first}]{where}", place)
        self._wordings[key, text] = name
        source = self._source or self._front.lone_source
        if source is None:
            raise ArgdownError(
                f"claim [{key[1]}] stands under no piece; put it under a heading with "
                "{source: ...}",
                place,
            )
        self.claims[name] = self._claim(name, text, node, source)
        if first is not None:
            rephrase = Rephrase(first, name, source, self._front.origin, place)
            self.rephrases.setdefault(rephrase.id, rephrase)
        if "rephrases" in node.data:
            self._extras.append((key, _bare(node), self._source))

    def _claim(self, name: str, text: str, node: Node, source: str) -> Claim:
        front, data, place, of = self._front, node.data, node.place, f"[{name}]"
        author = front.source_by_id[source].author
        holder = self._holder(data, place, of) or author
        own = holder == author or holder in front.members(author)
        plain = Status.ASSERTED if own else Status.REPORTED
        status = (
            self._careful.read(lambda: one_of(Status, data, "status", place), "status", of) or plain
        )
        if not front.own and (status is Status.REPORTED) is own:
            self._tally.add("keys in data", f"status: {status} of {of}")
            status = plain
        return Claim(
            id=name,
            text=text,
            source=source,
            holder=holder,
            status=status,
            anchor=self._careful.read(lambda: read_anchor(data, place), "at", of),
            origin=self._careful.origin(data, place, of),
            tags=self._tags(node, of),
            place=place,
        )

    def _holder(self, data: Mapping[str, Data], place: Place, of: str) -> str | None:
        """The one who holds a claim, made an agent where none are listed."""
        holder = self._careful.read(lambda: scalar(data, "holder", place), "holder", of)
        if holder is None or not self._front.open_agents:
            return holder
        known = {agent.id for agent in self._front.agents}
        name = _plain_name(holder) or "author"
        if name not in known:
            self.agents.setdefault(name, Agent(name, holder, place=place))
        return name

    def _tags(self, node: Node, of: str) -> tuple[str, ...]:
        if self._front.own:
            return node.tags
        kept = []
        for tag in node.tags:
            plain = _plain_name(re.sub(r"[()\[\]{}]", " ", tag))
            if plain != tag or tag == ISSUE_TAG:
                self._tally.add("tags", f"#{tag} of {of}")
            if plain and tag != ISSUE_TAG:
                kept.append(plain)
        return tuple(kept)

    def _name(self, key: Key, place: Place) -> str:
        """The name of what a key refers to, given when it is first stated."""
        if key in self._ids:
            return self._ids[key]
        title = key[1]
        if not self._front.own:
            title = _plain_name(title) or untitled(title)
            if title != key[1]:
                self._tally.add("names with brackets", f"{key[1]} is called {title}")
            if title in self.claims or title in self._issues:
                title = self._free(title)
                self._tally.add("names that are used twice", f"<{key[1]}> is called [{title}]")
        elif title in self.claims:
            first = self.claims[title].place
            raise DebateError(f"two claims are called [{title}] (first at {first})", place)
        self._ids[key] = title
        return title

    def _free(self, name: str) -> str:
        """The first of ``name (2)``, ``name (3)``, ... that nothing is called."""
        number = self._numbers[name] or 1
        free = name
        while free in self.claims or free in self._issues or number == 1:
            number += 1
            free = f"{name} ({number})"
        self._numbers[name] = number
        return free

    def _add_rephrases(self, title: str, node: Node, source: str | None) -> None:
        listed = node.data.get("rephrases", [])
        for item in listed if isinstance(listed, list) else [listed]:
            read = partial(self._rephrase, title, item, node, source)
            made = self._careful.read(read, "rephrases", f"[{title}]")
            if made is not None:
                self.rephrases.setdefault(made.id, made)

    def _rephrase(self, title: str, item: Data, node: Node, source: str | None) -> Rephrase:
        data = {"claim": item} if isinstance(item, str) else item
        if not isinstance(data, dict):
            raise MisfitError("rephrases takes claims or {claim: ..., origin: ...}", node.place)
        allow(data, {"claim", "origin"}, node.place, self._tally, f"a rephrase of [{title}]")
        named = scalar(data, "claim", node.place)
        if named is None:
            raise MisfitError("rephrases names no claim", node.place)
        other = self._ids.get(("statement", named)) or self._ids.get(("argument", named)) or named
        if not self._front.own and (other not in self.claims or other == title):
            raise MisfitError(f"there is no other claim {named!r}", node.place)
        origin = read_origin(data, self._front.origin, node.place, self._tally)
        return Rephrase(title, other, source, origin, node.place)

    # Reconstructions ---------------------------------------------------------------------------

    def _add_reconstruction(self, block: Reconstruction, above: Node | None) -> None:
        keys: dict[int, Key] = {}
        since: list[Key] = []
        premises: list[Key] = []
        inference: Inference | None = None
        argument = above.title if above and above.title else None
        count = 0
        for index, step in enumerate(block.steps):
            if isinstance(step, Inference):
                inference = step
                self._undercut_here(step)
                continue
            number, node = step
            count += 1
            if number in keys:
                self._careful.pass_over(
                    ArgdownError(f"statement ({number}) stands here twice", node.place),
                    "numbers of statements",
                    f"({number}) stands twice at {node.place}",
                )
            if inference is None:
                key = keys[number] = self._step(node)
                since.append(key)
                premises.append(key)
                continue
            key = self._conclusion(node)
            used = self._uses(inference, keys) or since
            keys.setdefault(number, key)
            last = index == len(block.steps) - 1
            name = argument or untitled(" ".join([*sorted(k[1] for k in used), key[1]]))
            name = name if last else f"{name} ({number if self._front.own else count})"
            name = self._add_step(name, used, key, inference)
            if last and argument is not None:
                self._wholes[argument] = Whole(tuple(premises), key, name)
            since, inference = [key], None

    def _undercut_here(self, inference: Inference) -> None:
        """Take in what stands under an inference, whose name is known with its conclusion."""
        for relation in inference.relations:
            if _SIGNS[relation.sign] != ("undercut", True):
                raise ArgdownError("an inference can only be undercut (_)", relation.node.place)
        self._number += 1
        self._add_relations(("inference", str(self._number)), inference.relations)

    def _conclusion(self, node: Node) -> Key:
        """A conclusion; what undercuts it where it is drawn undercuts the inference."""
        key = self._step(replace(node, relations=[]))
        for relation in node.relations:
            under = _SIGNS[relation.sign] == ("undercut", True)
            self._add_relations(("inference", str(self._number)) if under else key, [relation])
        return key

    def _step(self, node: Node) -> Key:
        key = self._add_tree(node)
        if key[0] == "argument":
            raise ArgdownError(
                f"<{key[1]}> is an argument, but a statement must stand here", node.place
            )
        return key

    def _uses(self, inference: Inference, keys: Mapping[int, Key]) -> list[Key]:
        of = f"the inference at {inference.place}"
        allow(inference.data, {"uses", "origin"}, inference.place, self._tally, of)

        def read() -> list[Key]:
            listed = inference.data.get("uses", [])
            numbers = listed if isinstance(listed, list) else [listed]
            try:
                return [keys[int(str(number))] for number in numbers]
            except (KeyError, ValueError):
                raise MisfitError(
                    "uses must list numbers of statements above, such as [1, 2]", inference.place
                ) from None

        return self._careful.read(read, "uses", of) or []

    def _add_step(
        self, name: str, premises: list[Key], conclusion: Key, inference: Inference
    ) -> str:
        """The name of the inference, which is kept."""
        if not self._front.own:
            plain = _plain_name(name) or untitled(name)
            if plain != name:
                self._tally.add("names with brackets", f"{name} is called {plain}")
            name, number = plain, 1
            while name in self._step_names:
                number += 1
                name = f"{plain} ({number})"
        if first := self._step_names.get(name):
            raise DebateError(
                f"two arguments are called <{name}> (first at {first})", inference.place
            )
        self._step_names[name] = inference.place
        source = self._source or self._front.lone_source
        self._steps.append((name, premises, conclusion, inference, source))
        self._inferences[str(self._number)] = name
        return name

    def resolved(self) -> tuple[tuple[Support, ...], tuple[Attack, ...], tuple[Issue, ...]]:
        """The supports, attacks and issues that the relations make, once every end is known."""
        if not self._front.own:
            self._state_the_rest()
            self._answer_only()
        self._add_extras()
        drawn = self._drawn()
        ends = Ends(self._ids, self._wholes, self._inferences)
        relations = Relations(self._front, self._careful, ends, self._edges)
        return relations.resolved(drawn, tuple(self._issues.values()))

    def _state_the_rest(self) -> None:
        """Make a claim of each title that is used but never stated, as the tools do."""
        for key, (place, source) in self._used.items():
            kind, title = key
            if key in self._ids or (kind == "argument" and title in self._with_premises):
                continue
            name = self._name(key, place)
            self._tally.add("titles without a text", f"[{title}]")
            node = Node(kind, title, title, (), {}, place)
            source = source or self._front.lone_source or ""
            self.claims[name] = self._claim(name, title, node, source)

    def _answer_only(self) -> None:
        """Make claims of questions that do more than being answered."""
        stated = {self._ids[key] for key in self._ids if key[0] == "statement"}
        busy: set[str] = set()
        answers: dict[tuple[str, Key], str] = {}
        for _, premises, conclusion, _, _ in self._steps:
            busy.update(self._ids[key] for key in (*premises, conclusion))
        for edge in self._edges:
            start, end = self._ids.get(edge.start), self._ids.get(edge.end)
            if start in self._issues:
                busy.add(start)
            if end in self._issues:
                first = answers.setdefault((end, edge.start), edge.relation)
                plain = edge.relation in ("support", "attack") and not edge.data
                if not plain or first != edge.relation:
                    busy.add(end)
        for name in sorted(busy & stated & set(self._issues)):
            node, source = self._asked[name]
            del self._issues[name]
            source = source or self._front.lone_source or ""
            self.claims[name] = self._claim(name, node.text or "", node, source)

    def _add_extras(self) -> None:
        """Add the tags and data that stand where a claim is used, or stated once more."""
        for key, node, source in self._extras:
            name = self._ids.get(key, key[1])
            if node.text is not None:
                name = self._wordings.get((key, node.text), name)
            claim = self.claims.get(name)
            if claim is not None and not self._front.own:
                keys = [k for k in ("holder", "status", "at", "origin") if k in node.data]
                if node.tags:
                    claim = replace(claim, tags=(*claim.tags, *self._tags(node, f"[{name}]")))
                    self.claims[name] = claim
                for data in keys:
                    self._tally.add("keys in data", f"{data}: {node.data[data]} of [{name}]")
            self._add_rephrases(name, node, source)

    def _drawn(self) -> dict[str, Support]:
        """The supports of reconstructions, by name."""
        supports = {}
        for name, premises, conclusion, inference, source in self._steps:
            ids = tuple(self._ids.get(key, key[1]) for key in premises)
            end = self._ids.get(conclusion, conclusion[1])
            if end in ids and not self._front.own:
                self._tally.add("conclusions among their own premises", f"[{end}] of <{name}>")
                ids = tuple(i for i in ids if i != end)
                if not ids:
                    continue
            place = inference.place
            origin = self._careful.origin(inference.data, place, f"<{name}>")
            supports[name] = Support(ids, end, name, source, inference.rule or None, origin, place)
        return supports


def _plain_name(name: str) -> str:
    return " ".join(_NOT_IN_NAMES.sub(" ", name.translate(_BRACKETS)).split())


def _bare(node: Node) -> Node:
    """The node with no more than what it rephrases."""
    return replace(node, tags=(), data={k: v for k, v in node.data.items() if k == "rephrases"})


def _shown(node: Node) -> str:
    if node.title is None:
        return cut(node.text or "a statement", 40)
    return f"<{node.title}>" if node.kind == "argument" else f"[{node.title}]"
