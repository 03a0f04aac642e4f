"""Acts about practitioners beside the tables: registering somebody, ending that, and proposing points."""

from functools import partial

from django.utils import timezone

from credit.points import proposing
from credit.points import registering as registry
from credit.points.registering import Person
from institutions.models import Account, Department, Duty, Practitioner, Registration
from tests.builders import make_institution
from tests.credit.points import office as agency
from tests.walks.acts import Ready, act

STAFF = frozenset({Duty.STAFF})
NEW = Person("D990001000077", "新医师", "physician")


@act
def register_a_practitioner() -> Ready:
    """Who works at another institution already is registered there by nobody once more."""
    office, today = agency.make_office(), timezone.localdate()
    elsewhere = make_institution("H99020100009", division="990201")
    known = Practitioner.objects.create(code=NEW.code, name=NEW.name, kind=NEW.kind)
    Registration.objects.create(practitioner=known, institution=elsewhere, since=today)

    def do(by: Account) -> object:
        return registry.register(NEW, since=today, signed_on=today, by=by)

    return Ready(do, office.clerk, STAFF, of_one_place=False)


@act
def end_a_registration() -> Ready:
    office = agency.make_office()
    here = Registration.objects.get(practitioner=office.doctor, institution=office.place)
    return Ready(lambda by: registry.end(here, on=timezone.localdate(), by=by), office.clerk, STAFF)


@act
def propose_points() -> Ready:
    office = agency.make_office()
    facts = {"matter": agency.make_matter(3), "responsibility": agency.general(), "facts": "ordered it twice"}
    do = partial(proposing.propose, office.doctor, agency.make_handled(office), **facts)  # type: ignore[arg-type]
    return Ready(lambda by: do(by=by), office.keeper, frozenset({Duty.CREDIT}), party=Department.Party.HANDLING)
