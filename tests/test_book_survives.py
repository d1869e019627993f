"""The book survives: whatever happens while something is sealed, it verifies, and nothing is half there.

The tool itself seals, and at every step that it takes on the disk it is killed, or the disk takes no more.
What is killed is a process of its own, made quickly from one in which Polars has no threads (`forkserver`).
"""

import errno
import io
import os
import resource
import shutil
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from itertools import groupby
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import IO, Any, Final, NamedTuple, NoReturn, Self
from unittest.mock import patch

import pytest
from polars.exceptions import ComputeError

from tests.closing import (
    CLAIMS,
    CLOSER,
    SECOND,
    book_of,
    close,
    closed_on,
    files_in,
    found_in,
    quarters,
    withdraw,
)
from tests.simulation import small
from tests.simulation.small import child
from tests.sound_folder import wlz_calc
from wlz_calc import sealing
from wlz_calc.cli.ending import Exit
from wlz_calc.finding import Finding
from wlz_calc.period import Quarter

Q4: Final = Quarter(2018, 4)
Q1: Final = Quarter(2019, 1)
PLACE: Final = "alpha/2018-Q4"
MOST: Final = 200
"""More steps than anything takes: a test that comes to so many does not end."""
OPEN: Final = io.open
APART: Final = get_context("forkserver")
APART.set_forkserver_preload([__name__])


# ---------------------------------------------------------------- what is done, and to which disk

Action = Callable[[Path], list[Finding]]
Answers = SimpleQueue[list[str]]
"""The codes of what was found, from a process."""


def closing(folder: Path) -> list[Finding]:
    return sealing.close(folder, Q4, by=CLOSER, on=closed_on(Q4))[1]


def closing_the_next(folder: Path) -> list[Finding]:
    return sealing.close(folder, Q1, by=CLOSER, on=closed_on(Q1))[1]


def approving(folder: Path) -> list[Finding]:
    return sealing.approve(folder, Q4, by=SECOND, on=closed_on(Q4))[1]


def withdrawing(folder: Path) -> list[Finding]:
    return sealing.withdraw(folder, Q4, by=CLOSER, on=closed_on(Q4))[1]


class Torn:
    """A file that takes half of what is written into it, and then the other half."""

    def __init__(self, file: IO[bytes], step: Callable[[str], None]) -> None:
        self.file, self.step = file, step

    def write(self, content: bytes) -> int:
        half = len(content) // 2
        self.file.write(content[:half])
        self.file.flush()
        self.step("write")
        return half + self.file.write(content[half:])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else a file can do
        return getattr(self.file, name)


class Disk:
    """The disk, each of whose steps is counted; from step number `last` on, `happens` comes before it."""

    def __init__(self, last: int, happens: Callable[[], None]) -> None:
        self.last, self.happens = last, happens
        self.steps: list[str] = []

    def step(self, name: str) -> None:
        self.steps.append(name)
        if len(self.steps) >= self.last:
            self.happens()

    def open(self, path: Path, mode: str = "r", *rest: Any) -> Any:  # noqa: ANN401 - as io.open
        if "r" in mode:
            return OPEN(path, mode, *rest)
        self.step("open")
        return Torn(OPEN(path, mode, *rest), self.step)

    def counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as the function it stands for
            self.step(name)
            return real(*arguments, **options)

        return called

    @contextmanager
    def watched(self) -> Iterator["Disk"]:
        with ExitStack() as stack:
            stack.enter_context(patch.object(io, "open", self.open))
            for name in ("mkdir", "rename", "fsync"):
                stack.enter_context(patch.object(os, name, self.counted(name, getattr(os, name))))
            yield self


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def apart(target: Callable[..., None], *arguments: object) -> int:
    """A function called in a process of its own, and how that ended."""
    process = APART.Process(target=target, args=arguments)
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def dying(action: Action, folder: Path, last: int) -> None:
    """What a process does that is killed at a step."""
    with Disk(last, killed).watched():
        assert codes(action(folder)) == []


# ---------------------------------------------------------------- programmes


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A programme of which nothing is sealed; no test may change it."""
    known = child("c001", "2018-11-05"), child("c002", "2018-11-06")
    return small.write(tmp_path_factory.mktemp("opened"), *known)


@pytest.fixture(scope="module")
def shut(opened: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a sealed quarter; no test may change it."""
    folder = shutil.copytree(opened, tmp_path_factory.mktemp("shut") / "programme")
    close(folder, "2018-Q4")
    return folder


@pytest.fixture
def anew(tmp_path: Path) -> Callable[[Path], Path]:
    """A programme as it was, to be changed."""

    def copied(folder: Path) -> Path:
        shutil.rmtree(tmp_path / "programme", ignore_errors=True)
        return shutil.copytree(folder, tmp_path / "programme")

    return copied


Anew = Callable[[Path], Path]


def codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found if finding.is_error]


def left_aside(folder: Path) -> list[str]:
    """What stands in the book under a hidden name."""
    return [path.name for path in (folder / CLAIMS).rglob(".*")]


def sealed_files(folder: Path) -> dict[str, bytes]:
    """The files of the sealed quarter."""
    place = folder / CLAIMS / PLACE
    return {name: (place / name).read_bytes() for name in files_in(place) if not name.startswith(".")}


# ---------------------------------------------------------------- killed


def every_death(action: Action, anew: Callable[[], Path]) -> Iterator[Path]:
    """Programmes in which something was killed, at each of its steps in turn."""
    for last in range(1, MOST):
        folder = anew()
        ended = apart(dying, action, folder, last)
        if ended == 0:
            return
        assert ended == -signal.SIGKILL
        yield folder
    raise AssertionError(MOST)


def in_turn(seen: Sequence[object], *states: object) -> bool:
    """Whether there is first the one state and then the other, and nothing else."""
    return [state for state, _ in groupby(seen)] == list(states)


def test_a_close_that_is_killed_leaves_a_book_that_verifies_and_can_be_done_again(
    opened: Path, shut: Path, anew: Anew
) -> None:
    whole = sealed_files(shut)
    seen = []
    for folder in every_death(closing, partial(anew, opened)):
        seen.append(quarters(folder))
        assert codes(closing(folder)) == (["book-closed"] if seen[-1] else [])
        assert sealed_files(folder) == whole
    assert len(seen) > 30
    assert in_turn(seen, [], ["2018-Q4"])


def test_an_approval_that_is_killed_is_there_or_not_and_can_be_done_again(shut: Path, anew: Anew) -> None:
    seen = []
    for folder in every_death(approving, partial(anew, shut)):
        seen.append(book_of(folder).last[0].approved_by)
        assert codes(approving(folder)) == (["book-approved"] if seen[-1] else [])
        assert book_of(folder).last[0].approved_by == SECOND
    assert in_turn(seen, None, SECOND)


def test_a_withdrawal_that_is_killed_is_done_or_not_and_can_be_done_again(shut: Path, anew: Anew) -> None:
    [claim] = book_of(shut).last
    seen = []
    for folder in every_death(withdrawing, partial(anew, shut)):
        seen.append(quarters(folder))
        assert codes(withdrawing(folder)) == ([] if seen[-1] else ["book-not-closed"])
        [taken_back] = book_of(folder).withdrawn["alpha"]
        assert (quarters(folder), taken_back.digest) == ([], claim.digest)
        assert (taken_back.folder / "withdrawal/withdrawal.json").exists()
    assert in_turn(seen, ["2018-Q4"], [])


def test_what_a_killed_close_left_aside_is_in_nobodys_way(opened: Path, anew: Anew) -> None:
    folder = anew(opened)
    assert apart(dying, closing, folder, 20) == -signal.SIGKILL
    [aside] = left_aside(folder)
    assert aside.startswith(".2018-Q4-")
    assert wlz_calc("claims", "verify", str(folder)).out == "Nothing is sealed.\n"
    assert codes(closing(folder)) == []
    assert codes(approving(folder)) == []
    assert codes(closing_the_next(folder)) == []
    assert quarters(folder) == ["2018-Q4", "2019-Q1"]


# ---------------------------------------------------------------- a disk that takes no more


def full() -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


def closed_to_us() -> NoReturn:
    raise PermissionError(errno.EACCES, "Permission denied")


def every_refusal(
    action: Action, anew: Callable[[], Path], refuses: Callable[[], None]
) -> Iterator[tuple[list[Finding], Path]]:
    """What is found where the disk takes no more from each step on in turn; and the programme after that."""
    for last in range(1, MOST):
        folder = anew()
        with Disk(last, refuses).watched() as disk:
            found = action(folder)
        yield found, folder
        if len(disk.steps) < last:
            return
    raise AssertionError(MOST)


def closing_or_not(folder: Path) -> list[Finding]:
    """As `closing`, where it does not matter how a refusal is said."""
    with suppress(OSError, ComputeError):
        return closing(folder)
    return []


def test_a_close_on_a_full_disk_seals_nothing_and_leaves_nothing(opened: Path, anew: Anew) -> None:
    seen = []
    for _, folder in every_refusal(closing_or_not, partial(anew, opened), full):
        seen.append(quarters(folder))
        assert seen[-1] or files_in(folder) == files_in(opened)
        assert left_aside(folder) == []
    assert len(seen) > 30
    assert in_turn(seen, [], ["2018-Q4"])


@pytest.mark.parametrize(
    ("refuses", "why"), [(full, "no space left on device"), (closed_to_us, "permission denied")]
)
def test_a_close_on_a_full_disk_says_so(
    opened: Path, anew: Anew, refuses: Callable[[], None], why: str
) -> None:
    for found, folder in every_refusal(closing, partial(anew, opened), refuses):
        said = [(f.code, f.where.file, f.found) for f in found if f.is_error]
        assert said == ([] if quarters(folder) else [("book-unwritable", f"{CLAIMS}/{PLACE}", why)])


@pytest.mark.parametrize("refuses", [full, closed_to_us])
def test_an_approval_on_a_full_disk_is_not_there_at_all(
    shut: Path, anew: Anew, refuses: Callable[[], None]
) -> None:
    seen = []
    for found, folder in every_refusal(approving, partial(anew, shut), refuses):
        seen.append(book_of(folder).last[0].approved_by)
        assert codes(found) == ([] if seen[-1] else ["book-unwritable"])
        assert seen[-1] or files_in(folder) == files_in(shut)
    assert in_turn(seen, None, SECOND)


@pytest.mark.parametrize("refuses", [full, closed_to_us])
def test_a_withdrawal_on_a_full_disk_can_be_done_again(
    shut: Path, anew: Anew, refuses: Callable[[], None]
) -> None:
    seen = []
    for found, folder in every_refusal(withdrawing, partial(anew, shut), refuses):
        seen.append(quarters(folder))
        assert codes(found) == (["book-unwritable"] if seen[-1] else [])
        assert left_aside(folder) == []
        assert codes(withdrawing(folder)) == ([] if seen[-1] else ["book-not-closed"])
        assert quarters(folder) == []
    assert in_turn(seen, ["2018-Q4"], [])


def cramped(folder: Path, largest: int, answers: Answers) -> None:
    """What a process does whose files may have so many bytes: the system itself refuses the others."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    try:
        answers.put(codes(closing(folder)))
    except ComputeError:
        answers.put(["a bug"])


@pytest.mark.parametrize("largest", [0, 150, 1000, 5000])
def test_a_file_that_the_system_refuses_seals_nothing(opened: Path, anew: Anew, largest: int) -> None:
    folder, answers = anew(opened), APART.SimpleQueue()
    assert apart(cramped, folder, largest, answers) == 0
    assert (files_in(folder), left_aside(folder)) == (files_in(opened), [])
    assert answers.get() == ["book-unwritable"]


def test_a_folder_that_cannot_be_written_to_ends_with_4(opened: Path, anew: Anew) -> None:
    folder = anew(opened)
    with Disk(1, closed_to_us).watched():
        ended = wlz_calc("close", "--quarter", "2018-Q4", "--by", CLOSER, str(folder))
    assert (ended.code, ended.out) == (Exit.CLAIMS, "")
    assert "claims/alpha/2018-Q4" in ended.err
    assert "permission denied" in ended.err
    assert files_in(folder) == files_in(opened)


# ---------------------------------------------------------------- two at once


def meeting(action: Action, folder: Path, barrier: Barrier, answers: Answers) -> None:
    """What one of two processes does that wait for each other before what they have written gets its name."""
    real, meetings = os.rename, iter([barrier])

    def rename(old: Path, new: Path) -> None:
        for once in meetings:
            once.wait(timeout=30)
        real(old, new)

    with patch.object(os, "rename", rename):
        answers.put(codes(action(folder)))


def both(folder: Path, *actions: Action) -> list[list[str]]:
    """What was found by two who did something at once."""
    barrier, answers = APART.Barrier(2), APART.SimpleQueue()
    processes = [APART.Process(target=meeting, args=(action, folder, barrier, answers)) for action in actions]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    return sorted(answers.get() for _ in processes)


def test_of_two_who_close_at_once_one_wins_and_the_other_is_told(
    opened: Path, shut: Path, anew: Anew
) -> None:
    folder = anew(opened)
    assert both(folder, closing, closing) == [[], ["book-closed"]]
    assert sealed_files(folder) == sealed_files(shut)
    assert left_aside(folder) == []
    assert wlz_calc("claims", "verify", str(folder)).code == Exit.FINE


def test_of_two_who_approve_at_once_one_wins_and_the_other_is_told(shut: Path, anew: Anew) -> None:
    folder = anew(shut)
    won, told = both(folder, approving, approving)
    assert (won, len(told)) == ([], 1)
    assert book_of(folder).last[0].approved_by == SECOND
    assert left_aside(folder) == []


def test_who_approves_too_late_is_told_that_the_claim_is_approved(shut: Path, anew: Anew) -> None:
    assert both(anew(shut), approving, approving) == [[], ["book-approved"]]


def test_of_two_who_withdraw_at_once_one_wins_and_the_other_is_told(shut: Path, anew: Anew) -> None:
    folder = anew(shut)
    won, told = both(folder, withdrawing, withdrawing)
    assert (won, len(told)) == ([], 1)
    assert quarters(folder) == []


def test_a_claim_is_not_sealed_after_one_that_was_withdrawn_meanwhile(shut: Path, anew: Anew) -> None:
    folder, answers = anew(shut), APART.SimpleQueue()
    barrier = APART.Barrier(2)
    closer = APART.Process(target=meeting, args=(closing_the_next, folder, barrier, answers))
    closer.start()
    while closer.is_alive() and not left_aside(folder):
        closer.join(0.01)
    withdraw(folder, "2018-Q4")
    barrier.wait(timeout=30)
    closer.join()
    assert closer.exitcode == 0
    assert found_in(folder) == []


# ---------------------------------------------------------------- the current fails


class Event(NamedTuple):
    """What was asked of the system: `mkdir` or `fsync` of a path, or `rename` of one to another."""

    what: str
    path: Path
    to: Path = Path()


def events(action: Action, folder: Path) -> list[Event]:
    """What is made, renamed and brought to the disk, in turn."""
    seen: list[Event] = []
    mkdir, rename, fsync = os.mkdir, os.rename, os.fsync

    def making(path: Path, *rest: int) -> None:
        mkdir(path, *rest)
        seen.append(Event("mkdir", Path(path)))

    def renaming(old: Path, new: Path) -> None:
        seen.extend(Event("whole", file) for file in [*Path(old).rglob("*"), Path(old)])
        rename(old, new)
        seen.append(Event("rename", Path(old), Path(new)))

    def syncing(handle: int) -> None:
        fsync(handle)
        seen.append(Event("fsync", Path(f"/proc/self/fd/{handle}").readlink()))

    with (
        patch.object(os, "mkdir", making),
        patch.object(os, "rename", renaming),
        patch.object(os, "fsync", syncing),
    ):
        assert codes(action(folder)) == []
    return seen


def synced(seen: Iterable[Event]) -> set[Path]:
    return {event.path for event in seen if event.what == "fsync"}


linux = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="it says which file a handle is of")


@linux
@pytest.mark.parametrize(("action", "before"), [(closing, "opened"), (approving, "shut")])
def test_what_gets_its_name_is_on_the_disk_to_the_last_file(
    request: pytest.FixtureRequest, anew: Anew, action: Action, before: str
) -> None:
    folder = anew(request.getfixturevalue(before))
    seen = events(action, folder)
    [named] = [place for place, event in enumerate(seen) if event.what == "rename"]
    whole = {event.path for event in seen if event.what == "whole"}
    assert len(whole) >= 3
    assert whole <= synced(seen[:named])
    assert seen[named].to.parent in synced(seen[named:])


def unlasting(seen: Sequence[Event]) -> list[str]:
    """Folders of which a new or a lost name may be forgotten when the current fails."""
    changed = {
        (place, path)
        for place, event in enumerate(seen)
        for path in {
            "mkdir": [event.path.parent],
            "rename": [event.path.parent, event.to.parent],
        }.get(event.what, [])
    }
    return sorted({path.name for place, path in changed if path not in synced(seen[place:])})


@linux
def test_the_first_claim_of_a_programme_lasts(opened: Path, anew: Anew) -> None:
    assert unlasting(events(closing, anew(opened))) == []


@linux
@pytest.mark.parametrize("action", [closing_the_next, approving])
def test_what_is_put_beside_a_claim_lasts(shut: Path, anew: Anew, action: Action) -> None:
    assert unlasting(events(action, anew(shut))) == []


@linux
def test_a_withdrawal_lasts(shut: Path, anew: Anew) -> None:
    assert unlasting(events(withdrawing, anew(shut))) == []
