"""The institution writes its answers, checks them and sends them."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from institutions.access import duty_required, institution_page, signed_in
from institutions.models import Account, Duty
from supervision.hearing import answering, attaching
from supervision.hearing.models import Draft, Hearing, HearingLine
from supervision.moves import MoveRefused

from . import showing
from .findings import answerable, seen, shown
from .forms import LineForm, SameForm, SendForm


@institution_page
@duty_required(Duty.ANSWER)
@require_POST
def drafts(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what stands in the page's forms with their files; then the page again, or on to the check."""
    account = signed_in(request)
    hearing = seen(account, number)
    refused = [form for form in sent_forms(request, hearing) if not kept(form, account)]
    if refused:
        return shown(request, account, seen(account, number), refused)
    if "check" in request.POST:
        return redirect("answering:check", number)
    messages.success(request, _("Kept as a draft. Nobody else sees it until you send it."))
    return redirect("answering:finding", number)


def sent_forms(request: HttpRequest, hearing: Hearing) -> list[LineForm]:
    """The forms of the lines that the page had; lines of other findings are no part of this one."""
    lines = [line.pk for line in hearing.lines.all() if f"line-{line.pk}-turn" in request.POST]
    accused = showing.accused(hearing.lines.filter(pk__in=lines), [])
    return [LineForm(one, request.POST, request.FILES) for one in accused]


def kept(form: LineForm, account: Account) -> bool:
    """Keep one line's draft and files; what could not be kept stands in the form, in words."""
    if not form.is_valid():
        return False
    line = form.line.heard
    try:
        if form.said() != answering.LineAnswer("") or form.line.draft:
            answering.draft(line, form.said(), by=account, turn=form.cleaned_data["turn"])
    except MoveRefused as refusal:
        form.add_error(None, str(refusal))
        form.look_again(Draft.objects.filter(line=line).first())
    for file in form.cleaned_data["evidence"]:
        try:
            attaching.attach(line.hearing, file, by=account, line=line)
        except (attaching.FileRefused, MoveRefused) as refusal:
            form.add_error("evidence", f"{named(file)}: {refusal}")
    return form.is_valid()


def named(file: "UploadedFile[bytes]") -> str:
    return str(file.name)[: attaching.LONGEST_NAME]


@institution_page
@duty_required(Duty.ANSWER)
@require_POST
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Keep one line's draft while it is being written; the answer is a fragment."""
    account = signed_in(request)
    mine = HearingLine.objects.filter(hearing__in=Hearing.objects.visible_to(account))
    line = get_object_or_404(mine.select_related("hearing"), pk=number)
    (one,) = showing.accused(line.hearing.lines.filter(pk=line.pk), [])
    form, problem, known = LineForm(one, request.POST), "", one.draft
    if form.is_valid():
        try:
            known = answering.draft(line, form.said(), by=account, turn=form.cleaned_data["turn"])
        except MoveRefused as refusal:
            problem = str(refusal)
    else:
        problem = " ".join(str(word) for words in form.errors.values() for word in words)
    looked_at = form["turn"].value() if problem else known.turn if known else 0
    return render(
        request, "hearing/institution/_kept.html", {"line": line, "draft": known, "problem": problem, "turn": looked_at}
    )


@institution_page
@duty_required(Duty.ANSWER)
@require_POST
def same_for_all(request: HttpRequest, number: int) -> HttpResponse:
    """The same answer to every line, to be checked before it is sent."""
    account = signed_in(request)
    hearing, form = seen(account, number), SameForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Accept the lines, or appeal against them."))
        return redirect("answering:finding", number)
    try:
        written = answering.draft_all(hearing, form.said(), by=account, over=form.cleaned_data["over"])
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("answering:finding", number)
    words = ngettext("Written to %(n)d line.", "Written to %(n)d lines.", written)
    messages.success(request, words % {"n": written})
    return redirect("answering:check", number)


@institution_page
@duty_required(Duty.ANSWER)
@require_GET
def check(request: HttpRequest, number: int) -> HttpResponse:
    """What would be sent, and what is still missing."""
    account = signed_in(request)
    hearing = seen(account, number)
    if not answerable(hearing, account):
        return redirect("answering:finding", number)
    lines = showing.accused(hearing.lines.all(), showing.claims(hearing))
    missing = [one for one in lines if one.draft is None or not one.draft.is_ready]
    context = {
        "hearing": hearing,
        "lines": lines,
        "missing": len(missing),
        "appealed": sum(one.draft is not None and one.draft.answer == HearingLine.Answer.APPEALED for one in lines),
        "accepted": sum(one.draft is not None and one.draft.answer == HearingLine.Answer.ACCEPTED for one in lines),
        "checked": answering.stamp(hearing),
    }
    return render(request, "hearing/institution/check.html", context)


@institution_page
@duty_required(Duty.ANSWER)
@require_POST
def send(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with what was checked. It cannot be taken back."""
    account = signed_in(request)
    hearing, form = seen(account, number), SendForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Check the answers once more, then send them."))
        return redirect("answering:check", number)
    said = form.cleaned_data
    try:
        answering.send(hearing, by=account, turn=said["turn"], checked=said["checked"])
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("answering:check", number)
    messages.success(request, _("Sent. Keep the receipt."))
    return redirect("answering:receipt", number)
