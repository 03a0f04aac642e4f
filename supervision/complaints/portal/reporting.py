"""A report in pages without an account: the answers travel in the page, and are kept only when they are sent."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from supervision.complaints import acknowledging, filing, receipts, timing
from supervision.complaints.gate import multipart, proving
from supervision.complaints.models import Complaint, Kind
from supervision.refusal import Refused

from . import searching
from .answers import Answers
from .following import no_such, takes_forms
from .questions import FIELDS, STEPS, Question

NAMES = [*STEPS, "check"]
FIRST, CHECK, SEND, SEARCH = NAMES[0], "check", "send", "search"


@login_not_required
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """One address for all pages: what was asked, what is asked next and all answers come with the form."""
    if request.method == "GET":
        return page(request, FIRST, QueryDict())
    sent, refusal = with_files(request)
    if refusal:
        return page(request, "files", sent, refusal=refusal)
    if language := sent.get("language"):
        return in_language(request, language, sent)
    step, to = known(sent.get("step", "")), sent.get("to", "")
    if to == SEARCH:
        return page(request, "where", sent)
    if to in NAMES and NAMES.index(to) <= NAMES.index(step):
        return page(request, to, sent)  # back, or to mend an answer: nothing is checked and nothing is lost
    if to == SEND:
        return send(request, sent)
    return forward(request, step, sent)


def with_files(request: HttpRequest) -> tuple[QueryDict, str]:
    """What was sent, with the tokens of files that came with the form itself; or why one of them was refused."""
    sent = request.POST.copy()
    try:
        for upload in multipart.taken(request):
            sent.appendlist("file", upload.token)
    except Refused as refusal:
        return sent, str(refusal)
    return sent, ""


def known(step: str) -> str:
    return step if step in NAMES else FIRST


def in_language(request: HttpRequest, language: str, sent: QueryDict) -> HttpResponse:
    """The same page in the other tongue, with what was filled in."""
    if language not in dict(settings.LANGUAGES):
        return page(request, known(sent.get("step", "")), sent)
    with translation.override(language):
        answer = page(request, known(sent.get("step", "")), sent)
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, secure=settings.LANGUAGE_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    return answer


def forward(request: HttpRequest, step: str, sent: QueryDict) -> HttpResponse:
    """To the next page, or the same one again with what must be mended."""
    if step in STEPS and not (form := form_of(step, sent)).is_valid():
        return page(request, step, sent, form=form)
    return page(request, NAMES[min(NAMES.index(step) + 1, len(NAMES) - 1)], sent)


def form_of(step: str, sent: QueryDict) -> Question:
    return STEPS[step](sent)


def page(
    request: HttpRequest, step: str, sent: QueryDict, *, form: Question | None = None, refusal: str = ""
) -> HttpResponse:
    """A page with its question; every other answer rides along unseen."""
    if step == CHECK:
        return check(request, sent, refusal)
    shown = form or STEPS[step](initial={name: sent[name] for name in STEPS[step].base_fields if name in sent})
    if sent.get("kind") == Kind.GRIEVANCE:
        shown.fields.pop("wants_reward", None)  # there is none for asking what is due to oneself
    context = {
        "form": shown.to_be_shown(), "step": step, "number": NAMES.index(step) + 1, "steps": len(NAMES),
        "back": NAMES[NAMES.index(step) - 1] if step != FIRST else "", "carried": carried(sent, step),
        "files": sent.getlist("file"), "ticket": ticket_of(sent), "refusal": refusal,
        **(found(sent) if step == "where" else {}),
    }  # fmt: skip
    return render(request, f"portal/{step}.html", context)


def found(sent: QueryDict) -> dict[str, object]:
    """What the search finds, with what was ticked before."""
    text, ticked = sent.get("search", ""), sent.get("target", "")
    results = searching.search(text)
    if ticked and ticked not in {one.value for one in results} and (words := searching.words_of(ticked)):
        results.insert(0, searching.Found(ticked, words, ""))
    return {"results": results, "searched": searching.folded(text), "ticked": ticked}


def carried(sent: QueryDict, step: str) -> list[tuple[str, str]]:
    """The answers of the other pages, files and all."""
    own = set(STEPS[step].base_fields) if step in STEPS else set()
    answers = [(name, str(sent[name])) for name in FIELDS if name in sent and name not in own]
    files = [("file", token) for token in sent.getlist("file")] if step != "files" else []
    return [*answers, *files]


def ticket_of(sent: QueryDict) -> str:
    """Drawn once for a report: it comes back with every page, so that sending twice is sending once."""
    ticket = sent.get("ticket", "")
    return ticket if len(ticket) == 32 and ticket.isalnum() else receipts.draw_ticket()


def check(request: HttpRequest, sent: QueryDict, refusal: str = "") -> HttpResponse:
    """All answers on one page before they are sent; the first that must be mended comes instead."""
    answers = Answers(sent)
    if answers.wrong:
        return page(request, answers.wrong, sent, form=answers.forms[answers.wrong])
    context = {
        "answers": answers.in_words(), "carried": carried(sent, CHECK), "ticket": ticket_of(sent), "step": CHECK,
        "number": len(NAMES), "steps": len(NAMES), "back": NAMES[-2], "refusal": refusal,
        "files": sent.getlist("file"), "challenge": proving.challenge(),
    }  # fmt: skip
    return render(request, "portal/check.html", context)


def send(request: HttpRequest, sent: QueryDict) -> HttpResponse:
    answers = Answers(sent)
    if answers.wrong:
        return page(request, answers.wrong, sent, form=answers.forms[answers.wrong])
    ticket, report = ticket_of(sent), answers.told()
    try:
        if sent.get("ticket") != ticket:
            raise Refused(_("The page was incomplete. Nothing was sent yet: please send it now."))
        filed = filing.file(report, ticket, prove=lambda: proving.check(sent.get("proof", "")))
    except Refused as refusal:
        return check(request, sent, str(refusal))
    return received(request, filed.complaint, filed.receipt)


def received(request: HttpRequest, complaint: Complaint, receipt: str, refusal: str = "") -> HttpResponse:
    """The receipt, to be kept; its end is typed back before one leaves."""
    context: Mapping[str, object] = {
        "complaint": complaint, "receipt": receipt, "shown": receipts.shown(receipt), "refusal": refusal,
        "groups": receipts.shown(receipt).split("-"), "acknowledgement": acknowledging.acknowledgement(complaint),
        "acceptance": timing.accepted_within(complaint),
    }  # fmt: skip
    return render(request, "portal/received.html", context)


@login_not_required
@takes_forms
def kept(request: HttpRequest) -> HttpResponse:
    """The last four characters typed back: then the reporter has the receipt, and may go."""
    receipt = receipts.understood(request.POST.get("receipt", ""))
    complaint = Complaint.objects.with_receipt(receipt).first()
    if complaint is None:
        return no_such(request)
    if not receipts.ends_so(receipt, request.POST.get("end", "")):
        return received(
            request, complaint, receipt, _("Those are not its last four characters. Look at the receipt once more.")
        )
    return render(request, "portal/kept.html", {"complaint": complaint})
