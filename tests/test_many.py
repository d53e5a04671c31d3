"""Many texts: in this process, in a pool, on a Dask cluster; resumed, and past a bad one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from graph.errors import MiningError
from graph.mining.many import Outcome, mine_many, texts_in
from tests.mined import SentenceReader


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(6):
        prose = f"Tram number {number} is quiet. It squeals in curve {number}, though."
        (texts / f"{number}.txt").write_text(prose + "\n", "utf-8")
    return texts


Make = Callable[[], SentenceReader]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log.txt"


@pytest.fixture
def make(log: Path) -> Make:
    return partial(SentenceReader, log)


def ordered(outcomes: Iterator[Outcome]) -> list[Outcome]:
    return sorted(outcomes, key=lambda outcome: outcome.number)


def readings(log: Path) -> list[str]:
    return sorted(log.read_text("utf-8").split()) if log.exists() else []


def test_a_pool_finds_what_one_process_finds(folder: Path, make: Make) -> None:
    paths = texts_in([folder])
    alone = ordered(mine_many(paths, make, workers=1))
    assert [len(o.piece.claims) for o in alone if o.piece] == [2] * 6
    assert ordered(mine_many(paths, make, workers=2)) == alone


def test_a_cluster_finds_what_one_process_finds(
    folder: Path, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dask import distributed

    # the workers are threads of this process, and each keeps its process to one core
    monkeypatch.setenv("SICETNON_THREADS", "1")

    paths = texts_in([folder])
    alone = ordered(mine_many(paths, make, workers=1))
    with distributed.LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None,
        local_directory=str(tmp_path), host="127.0.0.1", protocol="tcp://",
    ) as cluster:  # fmt: skip
        assert ordered(mine_many(paths, make, scheduler=cluster.scheduler_address)) == alone


def test_nobody_at_the_address_is_one_line(folder: Path, make: Make) -> None:
    with pytest.raises(MiningError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        list(mine_many(texts_in([folder]), make, scheduler="tcp://127.0.0.1:9", wait=0.2))


@pytest.mark.parametrize("workers", [1, 2])
def test_a_bad_text_does_not_stop_the_rest(folder: Path, make: Make, workers: int) -> None:
    (folder / "2.txt").write_bytes(b"")
    found = ordered(mine_many(texts_in([folder]), make, workers=workers))
    assert [o.path.name for o in found if o.piece is None] == ["2.txt"]
    assert found[2].error is not None
    assert "2.txt" in found[2].error
    assert "\n" not in found[2].error


def test_a_broken_off_run_goes_on_where_it_ended(
    folder: Path, make: Make, log: Path, tmp_path: Path
) -> None:
    paths, keep = texts_in([folder]), tmp_path / "kept"
    first = mine_many(paths, make, workers=1, keep=keep)
    for _ in range(3):
        next(first)
    first.close()  # type: ignore[attr-defined]
    assert readings(log) == ["0.txt", "1.txt", "2.txt"]
    whole = ordered(mine_many(paths, make, workers=1, keep=keep))
    assert readings(log) == [f"{n}.txt" for n in range(6)]
    assert whole == ordered(mine_many(paths, make, workers=1))


def test_a_changed_text_is_read_again(folder: Path, make: Make, log: Path, tmp_path: Path) -> None:
    paths, keep = texts_in([folder]), tmp_path / "kept"
    list(mine_many(paths, make, workers=1, keep=keep))
    (folder / "4.txt").write_text("Something else is said here.\n", "utf-8")
    list(mine_many(paths, make, workers=1, keep=keep))
    assert readings(log).count("4.txt") == 2
    assert readings(log).count("3.txt") == 1


def test_a_broken_record_is_read_again(folder: Path, make: Make, tmp_path: Path) -> None:
    paths, keep = texts_in([folder]), tmp_path / "kept"
    whole = ordered(mine_many(paths, make, workers=1, keep=keep))
    for kept in keep.iterdir():
        kept.write_bytes(kept.read_bytes()[:40])
    assert ordered(mine_many(paths, make, workers=1, keep=keep)) == whole


def test_texts_of_a_folder_come_by_name_without_its_readme(folder: Path) -> None:
    (folder / "README.md").write_text("About these texts.", "utf-8")
    (folder / "picture.png").write_bytes(b"")
    assert [path.name for path in texts_in([folder])] == [f"{n}.txt" for n in range(6)]


def test_what_holds_no_text_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(MiningError, match="holds no text"):
        texts_in([tmp_path])
    with pytest.raises(MiningError, match="there is no such file"):
        texts_in([tmp_path / "gone.txt"])


def test_two_texts_of_one_name_are_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "0.txt").write_text("Trams.", "utf-8")
    with pytest.raises(MiningError, match=r"two texts are called 0\.txt"):
        texts_in([folder, tmp_path / "0.txt"])
