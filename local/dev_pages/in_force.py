"""What makes the emulators behave differently at this moment, in sentences."""

from __future__ import annotations

from datetime import timedelta

from local.dev_pages.dev_cloud import DevCloud
from local.kit.faults import Fault

SHORTEST_SHIFT_SECONDS = 1.0


def in_force(cloud: DevCloud) -> list[str]:
    """Return a sentence for each planned fault, and one for a clock that was moved."""
    sentences = [
        f"{emulator.title}: {sentence_of(fault)}"
        for emulator in cloud.emulators.values()
        for fault in emulator.state.faults.all()
    ]
    shift = cloud.clock.offset_seconds
    if shift >= SHORTEST_SHIFT_SECONDS:
        sentences.append(f"The providers' time is {duration(shift)} ahead")
    return sentences


def sentence_of(fault: Fault) -> str:
    """Say what will happen, such as `the next 2 calls of /user answer 503`."""
    calls = "the next call" if fault.count == 1 else f"the next {fault.count:,} calls"
    where = "" if fault.path == "/" else f" of {fault.path}"
    verb = "" if fault.count > 1 else "s"
    wait = f" after {fault.delay_seconds:g} s" if fault.delay_seconds else ""
    match fault.kind:
        case "hang":
            return f"{calls}{where} get{verb} no answer"
        case "delay":
            return f"{calls}{where} wait{verb} {fault.delay_seconds:g} s"
        case "bad_gateway":
            return f"{calls}{where} answer{verb} a page of HTML with 502{wait}"
        case "malformed_json":
            return f"{calls}{where} answer{verb} half an object{wait}"
    return f"{calls}{where} answer{verb} {fault.status}{wait}"


def duration(seconds: float) -> str:
    """Write a duration in its largest units: `7 days`, `1 hour 5 minutes`."""
    whole = timedelta(seconds=round(seconds))
    hours, rest = divmod(whole.seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = [(whole.days, "day"), (hours, "hour"), (minutes, "minute"), (left, "second")]
    named = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count]
    return " ".join(named[:2]) or "0 seconds"
