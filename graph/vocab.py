"""The RDF words and IRIs of a debate, in one place.

The vocabulary of our own is ``sen:`` and stands in ``ontology/sicetnon.ttl``; the rest is reused
from schema.org, PROV-O, Web Annotation and RDFS. An IRI of a thing in a debate depends on the
base of the debate and the thing's own id, never on order or count. Ids are percent-encoded, so
two ids never share an IRI.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from rdflib import Namespace, URIRef
from rdflib.namespace import OWL, PROV, RDF, RDFS, SKOS, XSD

from .model import AgentKind, AttackKind, Origin, Status

__all__ = [
    "AGENT_KINDS",
    "AGREEMENTS",
    "ATTACK_KINDS",
    "CONTRADICTION_KINDS",
    "LABELS",
    "OA",
    "PREFIXES",
    "READINGS",
    "SCHEMA",
    "SEMANTICS",
    "SEN",
    "STATUSES",
    "agent_iri",
    "anchor_iri",
    "attack_iri",
    "claim_iri",
    "contradiction_iri",
    "debate_graph_iri",
    "debate_iri",
    "finding_iri",
    "entailed_graph_iri",
    "findings_graph_iri",
    "issue_iri",
    "origin_iri",
    "relations_graph_iri",
    "rephrase_iri",
    "selector_iri",
    "source_graph_iri",
    "source_iri",
    "support_iri",
]


class _Words(Namespace):
    """A namespace that makes each of its terms once; rdflib makes a new one at each mention."""

    def __getattr__(self, name: str) -> URIRef:
        term = super().__getattr__(name)
        self.__dict__[name] = term
        return term


SEN: Final = _Words("https://w3id.org/sicetnon#")
SCHEMA: Final = _Words("https://schema.org/")
OA: Final = _Words("http://www.w3.org/ns/oa#")

#: The prefixes that every query may use without declaring them.
PREFIXES: Final[Mapping[str, str]] = {
    "sen": str(SEN),
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "owl": str(OWL),
    "xsd": str(XSD),
    "skos": str(SKOS),
    "schema": str(SCHEMA),
    "prov": str(PROV),
    "oa": str(OA),
}

AGENT_KINDS: Final[Mapping[AgentKind, URIRef]] = {
    AgentKind.PERSON: SCHEMA.Person,
    AgentKind.ORGANIZATION: SCHEMA.Organization,
    AgentKind.GROUP: SEN.Group,
}

STATUSES: Final[Mapping[Status, URIRef]] = {status: SEN[status.value] for status in Status}

ATTACK_KINDS: Final[Mapping[AttackKind, URIRef]] = {kind: SEN[kind.value] for kind in AttackKind}

#: The kinds of contradiction, by the word that the analysis uses.
CONTRADICTION_KINDS: Final[Mapping[str, URIRef]] = {
    "direct": SEN.directContradiction,
    "supported": SEN.supportedContradiction,
    "secondary": SEN.secondaryContradiction,
    "mediated": SEN.mediatedContradiction,
    "issue": SEN.issueContradiction,
}

#: The kinds of common ground, by the word that the analysis uses; likewise the next three.
AGREEMENTS: Final[Mapping[str, URIRef]] = {
    "rephrase": SEN.rephraseAgreement,
    "support": SEN.supportAgreement,
}

SEMANTICS: Final[Mapping[str, URIRef]] = {
    name: SEN[name] for name in ("grounded", "preferred", "stable")
}

READINGS: Final[Mapping[str, URIRef]] = {
    "deductive": SEN.deductive,
    "necessary": SEN.necessary,
    "reasons": SEN.reasons,
    "none": SEN.attacksAlone,
}

LABELS: Final[Mapping[str, URIRef]] = {name: SEN[name] for name in ("in", "out", "undecided")}


def _quoted(name: str) -> str:
    coded = quote(name, safe="")
    return coded.replace(".", "%2E") if coded in (".", "..") else coded


def _iri(base: str, kind: str, name: str) -> URIRef:
    return URIRef(f"{base}{kind}/{_quoted(name)}")


def claim_iri(base: str, name: str) -> URIRef:
    """The IRI of a claim.

    >>> str(claim_iri("https://e.org/", "who pays?"))
    'https://e.org/claim/who%20pays%3F'
    """
    return _iri(base, "claim", name)


def source_iri(base: str, name: str) -> URIRef:
    """The IRI of a source.

    >>> str(source_iri("https://e.org/", ".."))
    'https://e.org/source/%2E%2E'
    """
    return _iri(base, "source", name)


def agent_iri(base: str, name: str) -> URIRef:
    """The IRI of an agent.

    >>> str(agent_iri("https://e.org/", "chollet-escobar"))
    'https://e.org/agent/chollet-escobar'
    """
    return _iri(base, "agent", name)


def issue_iri(base: str, name: str) -> URIRef:
    """The IRI of an issue.

    >>> str(issue_iri("https://e.org/", "asm"))
    'https://e.org/issue/asm'
    """
    return _iri(base, "issue", name)


def support_iri(base: str, name: str) -> URIRef:
    """The IRI of a support, from its ``id``.

    >>> str(support_iri("https://e.org/", "a > b"))
    'https://e.org/support/a%20%3E%20b'
    """
    return _iri(base, "support", name)


def attack_iri(base: str, name: str) -> URIRef:
    """The IRI of an attack, from its ``id``.

    >>> str(attack_iri("https://e.org/", "a rebut b"))
    'https://e.org/attack/a%20rebut%20b'
    """
    return _iri(base, "attack", name)


def rephrase_iri(base: str, name: str) -> URIRef:
    """The IRI of a rephrase, from its ``id``.

    >>> str(rephrase_iri("https://e.org/", "a = b"))
    'https://e.org/rephrase/a%20%3D%20b'
    """
    return _iri(base, "rephrase", name)


def anchor_iri(base: str, name: str) -> URIRef:
    """The IRI of the passage where the claim of that id stands.

    >>> str(anchor_iri("https://e.org/", "a"))
    'https://e.org/anchor/a'
    """
    return _iri(base, "anchor", name)


def selector_iri(base: str, name: str) -> URIRef:
    """The IRI of the character span where the claim of that id stands.

    >>> str(selector_iri("https://e.org/", "a"))
    'https://e.org/selector/a'
    """
    return _iri(base, "selector", name)


def origin_iri(base: str, origin: Origin) -> URIRef:
    """The IRI of the person or miner of an origin, whatever its confidence.

    >>> str(origin_iri("https://e.org/", Origin()))
    'https://e.org/origin/person'
    >>> str(origin_iri("https://e.org/", Origin(name="Ana", confidence=0.5)))
    'https://e.org/origin/person/Ana'
    """
    parts = ["origin", origin.kind.value]
    if origin.name is not None or origin.version is not None:
        parts.append(_quoted(origin.name or ""))
    if origin.version is not None:
        parts.append(_quoted(origin.version))
    return URIRef(base + "/".join(parts))


def contradiction_iri(base: str, digest: str) -> URIRef:
    """The IRI of a contradiction, from a digest of what it joins.

    >>> str(contradiction_iri("https://e.org/", "0f"))
    'https://e.org/finding/contradiction/0f'
    """
    return finding_iri(base, "contradiction", digest)


def finding_iri(base: str, kind: str, digest: str) -> URIRef:
    """The IRI of a finding of a kind, such as ``clash``, from a digest of what it says.

    >>> str(finding_iri("https://e.org/", "clash", "0f"))
    'https://e.org/finding/clash/0f'
    """
    return _iri(base, f"finding/{kind}", digest)


def debate_iri(base: str) -> URIRef:
    """The IRI of the debate itself.

    >>> str(debate_iri("https://e.org/"))
    'https://e.org/debate'
    """
    return URIRef(f"{base}debate")


def source_graph_iri(base: str, name: str) -> URIRef:
    """The IRI of the named graph of a source.

    >>> str(source_graph_iri("https://e.org/", "hehir"))
    'https://e.org/graph/source/hehir'
    """
    return _iri(base, "graph/source", name)


def debate_graph_iri(base: str) -> URIRef:
    """The IRI of the named graph with the debate, its agents and issues.

    >>> str(debate_graph_iri("https://e.org/"))
    'https://e.org/graph/debate'
    """
    return URIRef(f"{base}graph/debate")


def relations_graph_iri(base: str) -> URIRef:
    """The IRI of the named graph with the relations that no single piece draws.

    >>> str(relations_graph_iri("https://e.org/"))
    'https://e.org/graph/relations'
    """
    return URIRef(f"{base}graph/relations")


def findings_graph_iri(base: str) -> URIRef:
    """The IRI of the named graph with what the analysis found.

    >>> str(findings_graph_iri("https://e.org/"))
    'https://e.org/graph/findings'
    """
    return URIRef(f"{base}graph/findings")


def entailed_graph_iri(base: str) -> URIRef:
    """The IRI of the named graph with what follows from the alignments.

    >>> str(entailed_graph_iri("https://e.org/"))
    'https://e.org/graph/entailed'
    """
    return URIRef(f"{base}graph/entailed")
