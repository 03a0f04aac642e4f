"""Files that come with a form, from browsers without a script: a page has waited before it lets any in."""

from django.conf import settings
from django.http import HttpRequest

from . import keeping, proving
from .models import Upload
from .refusing import UploadRefused

FILES, PROOF = "given", "files_proof"  # what templates/portal/_files.html calls them


def taken(request: HttpRequest) -> list[Upload]:
    """The files of this form, each with its token, or why one of them is not let in: UploadRefused, ProofRefused."""
    given = [file for file in request.FILES.getlist(FILES) if file.size or file.name]
    if len(given) > settings.GATE_FILES_MOST:
        raise UploadRefused("many", settings.GATE_FILES_MOST)
    if given:
        proving.check(request.POST.get(PROOF, ""))
    return [keeping.take(file, name=file.name or "") for file in given]
