"""What is done of inspections beside their tables of moves."""

from django.utils import timezone

from institutions.models import Account, Department, Duty
from supervision.inspections import answering, drawing, finding, listing, opening, planning, repeating, teaming, voting
from supervision.inspections.models import Fact, Inspection
from supervision.inspections.models.plans import PlanState
from tests.inspections import office as tell
from tests.inspections.office import Office, make_office
from tests.walks.acts import Ready, act

OFFICER, CHIEF = frozenset({Duty.INVESTIGATE}), frozenset({Duty.DECIDE})
AUTHORITY = Department.Party.AUTHORITY


def of_an_officer(do: object, by: Account, *, of_one_place: bool = True) -> Ready:
    return Ready(do, by, OFFICER, AUTHORITY, of_one_place=of_one_place)  # type: ignore[arg-type]


@act
def draw_up_a_plan_of_inspections() -> Ready:
    year = timezone.localdate().year
    return of_an_officer(
        lambda by: planning.draw_up_plan("x", year=year, basis="x", by=by), make_office().planner, of_one_place=False
    )


@act
def add_a_line_to_a_plan() -> Ready:
    office = make_office()
    plan = tell.draft(office)
    return of_an_officer(
        lambda by: planning.add_plan_line(
            plan, mode="daily", how_many=1, first_month=1, last_month=2, items=["JC01"], by=by
        ),
        office.planner,
    )


@act
def take_a_line_out_of_a_plan() -> Ready:
    office = make_office()
    plan = tell.draft(office)
    number = plan.lines.get().pk
    return of_an_officer(lambda by: planning.drop_plan_line(plan, number, by=by), office.planner)


@act
def draw_a_line_of_a_plan() -> Ready:
    office = make_office()
    line = tell.published(office)
    assert line.plan.state == PlanState.PUBLISHED
    return of_an_officer(lambda by: opening.draw_line(line, by=by), office.planner)


@act
def propose_an_inspection() -> Ready:
    office = make_office()
    return of_an_officer(
        lambda by: opening.propose_inspection(
            mode="daily", trigger="other", trigger_ref="x", scope="x", institution=office.hospital, by=by
        ),
        office.planner,
    )


@act
def publish_a_draw() -> Ready:
    office = make_office()
    draw = tell.on_site(tell.drawn(office)).draw
    assert draw is not None
    return Ready(lambda by: drawing.publish_draw(draw, by=by), office.chief, CHIEF)


@act
def give_the_reason_of_a_second_visit() -> Ready:
    office = make_office()
    tell.drawn(office)
    second = tell.drawn(office)
    return of_an_officer(lambda by: repeating.give_reason(second, "x", by=by), office.planner)


@act
def list_an_inspector() -> Ready:
    office = make_office()
    return Ready(lambda by: listing.list_inspector(office.planner, certificate="ZF-new", by=by), office.chief, CHIEF)


@act
def list_an_expert() -> Ready:
    return Ready(lambda by: listing.list_expert("x", by=by), make_office().chief, CHIEF, of_one_place=False)


@act
def take_out_of_the_library() -> Ready:
    office = make_office()
    return Ready(lambda by: listing.unlist(office.officers[0].inspector, by=by), office.chief, CHIEF)


@act
def note_a_conflict_of_interest() -> Ready:
    office = make_office()
    who = office.officers[0].inspector
    return Ready(lambda by: listing.note_conflict(who, office.hospital, "x", by=by), office.chief, CHIEF)


def proposed() -> tuple[Office, Inspection]:
    office = make_office()
    return office, tell.with_team(tell.proposed(office, mode="daily"), office)


@act
def name_an_officer_of_a_team() -> Ready:
    office, made = proposed()
    who = office.officers[2].inspector
    return Ready(lambda by: teaming.name_officer(made, who, by=by), office.chief, CHIEF)


@act
def name_a_helper_of_a_team() -> Ready:
    office, made = proposed()
    return Ready(lambda by: teaming.name_helper(made, third_party="x", by=by), office.chief, CHIEF)


@act
def name_the_leader_of_a_team() -> Ready:
    office, made = proposed()
    who = office.officers[1].inspector
    return Ready(lambda by: teaming.name_leader(made, who, by=by), office.chief, CHIEF)


@act
def let_a_member_step_aside() -> Ready:
    office, made = proposed()
    member = made.members.earliest("pk")
    return Ready(lambda by: teaming.recuse(made, member, "x", by=by), office.chief, CHIEF)


def on_site() -> tuple[Office, Inspection, Account]:
    office = make_office()
    made = tell.on_site(tell.drawn(office))
    return office, made, tell.leader(made)


@act
def write_a_finding_down() -> Ready:
    _office, made, by = on_site()
    return Ready(lambda by: finding.write_fact(made, words="x", norm="x", by=by), by, OFFICER)


@act
def strike_a_finding() -> Ready:
    _office, made, by = on_site()
    fact = tell.found(made)
    return Ready(lambda by: finding.strike_fact(Fact.objects.get(pk=fact.pk), by=by), by, OFFICER)


@act
def answer_a_finding_of_an_inspection() -> Ready:
    office, made, _by = on_site()
    fact = tell.found(made)
    tell.fed_back(made)
    return Ready(lambda by: answering.answer_fact(fact, accepts=True, by=by), office.signer, frozenset({Duty.ANSWER}))


@act
def vote_on_a_finding() -> Ready:
    office, made, by = on_site()
    fact = tell.found(made)
    tell.defended(tell.fed_back(made), office, "not so")
    fact.refresh_from_db()
    return Ready(lambda by: voting.vote(fact, stands=True, reason="x", by=by), by, OFFICER)
