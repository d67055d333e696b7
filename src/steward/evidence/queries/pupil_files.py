"""Reads of the files of pupils: what is held and since when; never a row."""

from steward.evidence.models import PupilFile, PupilFileState


def held() -> list[PupilFile]:
    """Return the files whose rows are in the store, the newest first."""
    return list(PupilFile.objects.filter(state=PupilFileState.HELD).select_related("loaded_by"))


def every() -> list[PupilFile]:
    """Return every file that was ever loaded, those deleted among them, the newest first."""
    return list(PupilFile.objects.select_related("loaded_by", "deleted_by"))


def pupil_file(file_id: str) -> PupilFile | None:
    """Return a file of pupils, or None."""
    return PupilFile.objects.select_related("loaded_by", "deleted_by").filter(pk=file_id).first()


def reasons_in_words(file: PupilFile) -> list[str]:
    """Return why rows were refused, one sentence for each reason, by the numbers of the rows."""
    return [_sentence(one["why"], rows=one["rows"], first=one["first"]) for one in file.reasons]


def _sentence(why: str, *, rows: int, first: list[int]) -> str:
    told = ", ".join(map(str, first)) + (" and others" if rows > len(first) else "")
    return f"{why[0].upper()}{why[1:]}: {rows:,} {'row' if rows == 1 else 'rows'} ({told})."
