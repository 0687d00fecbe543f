"""A small organisation, with somebody of every role and something at every address."""

from dataclasses import dataclass
from io import BytesIO

from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from wagtail.models import Collection, Locale, Site, Task, Workflow

from customers.models import ChangeQuestion, ProcessChange
from departments.actions.asking_time import ask_for_time
from departments.actions.flags import raise_flag
from departments.models import (
    Department,
    Flag,
    HandoffRating,
    Headship,
    Need,
    Pulse,
    PulseSettings,
    TimeRequest,
)
from knowledge.actions import make_remark
from knowledge.models import (
    Channel,
    CustomerWord,
    ImportRun,
    ModulePage,
    PortalDocument,
    PortalImage,
    Product,
    PromisePage,
    Remark,
    SearchMiss,
    Segment,
)
from knowledge.reports import Passage
from portal.models import User
from tests.conftest import NOW
from tests.factories import (
    A_DAY,
    TODAY,
    AttemptFactory,
    CampaignFactory,
    DepartmentFactory,
    FactFactory,
    HeadshipFactory,
    LessonFactory,
    MeasureFactory,
    MembershipFactory,
    PersonFactory,
    ProcessChangeFactory,
    PromiseFactory,
    RequirementFactory,
    module_with_questions,
)
from tests.knowledge.versions import version_of
from tests.strategy.deciding import asked_about

type Arguments = dict[str, object]


@dataclass(frozen=True, slots=True)
class World:
    """Who is there, and what stands at the addresses; `arguments` by the beginning of a route."""

    people: dict[str, User]
    arguments: dict[str, Arguments]

    def client(self, role: str, *, enforce_csrf_checks: bool = False) -> Client:
        """A browser in which this role is signed in.

        The deactivated one was there, and the former head led, until just now.
        """
        client = Client(raise_request_exception=False, enforce_csrf_checks=enforce_csrf_checks)
        if role != "anonymous":
            client.force_login(self.people[role])
        if role == "deactivated":
            User.objects.filter(pk=self.people[role].pk).update(is_active=False)
        if role == "former_head":
            Headship.objects.filter(person=self.people[role]).update(ends_on=TODAY - A_DAY)
        return client

    def arguments_for(self, route: str) -> Arguments:
        found: Arguments = {}
        for beginning, arguments in self.arguments.items():
            if route.lstrip("^").startswith(beginning):
                found |= arguments
        return found


def build_world() -> World:
    company = DepartmentFactory(name="Company")
    care = DepartmentFactory(name="Care", parent=company)
    sales = DepartmentFactory(name="Sales", parent=company)
    module = module_with_questions()
    RequirementFactory(department=company, module=module)
    people = {
        "colleague": MembershipFactory(department=care).person,
        "head": HeadshipFactory(department=care).person,
        "other_head": HeadshipFactory(department=sales).person,
        "former_head": HeadshipFactory(department=care).person,
        "marketer": PersonFactory(groups=["Marketing"]),
        "moderator": PersonFactory(groups=["Moderators"]),
        "customer_experience": PersonFactory(groups=["Customer experience"]),
        "administrator": PersonFactory(administrator=True),
        "deactivated": MembershipFactory(department=care).person,
    }
    for person in people.values():
        for practice in (False, True):
            AttemptFactory(person=person, module=module, passed=True, practice=practice)
    asked = RequirementFactory(department=care)
    anyway = asked_about(people["marketer"], people["head"])
    remark: Arguments = {"pk": remark_by(people["colleague"], module).pk}
    own: dict[str, Arguments] = {
        "team/": {"pk": care.pk, "requirement": asked.pk},
        "team/<int:pk>/huddle/": {"week": "2026-W47"},
        "organisation/": {"pk": care.pk},
        "team/organisation/": {"pk": care.pk, "act": "rename"},
        "team/organisation/people/": {"pk": people["colleague"].pk, "act": "leave"},
        "team/<int:pk>/deputies/": {"act": "name"},
        "team/<int:pk>/act/": {"act": "waive"},
        "team/<int:pk>/given/": {"kind": "waiver", "given": 999_999},
        "team/<int:pk>/time/": {"asked": asked_for_time(care, module, people["head"]).pk},
        "team/<int:pk>/handoffs/": handed_over(care, sales),
        "promises/<slug:promise>/sign/": {"pk": care.pk},
        "flags/": {"pk": raised_by(people["head"]).pk},
        "campaigns/": {"slug": anyway.campaign.slug, "pk": anyway.pk},
        "pulse/team/": {"pk": care.pk},
        "cms/pulses/": {"pk": asked_of_teams().pk},
        "cms/measures/": {"pk": MeasureFactory().pk},
        "cms/changes/": {"brief_id": module.brief_id},
        "cms/files/": {"kind": "questions", "key": brought_in_by(people["marketer"]).key},
        "remarks/": remark,
        "cms/remarks/": remark,
        **market(),
    }
    return World(people, arguments_of(module, people["colleague"]) | own)


def handed_over(care: Department, sales: Department) -> Arguments:
    """What Sales asked of Care, and said of what it got."""
    need = Need.objects.create(department=sales, supplier=care, text="The day", posted_at=NOW)
    points = {"complete": 4, "on_time": 3, "clear": 5, "people": 4}
    rating = HandoffRating.objects.create(
        supplier=care, receiver=sales, month=TODAY.replace(day=1), signed_at=NOW, **points
    )
    return {"need": need.pk, "rating": rating.pk}


def raised_by(person: User) -> Flag:
    return raise_flag(promise=PromiseFactory(), text="The van is full", by=person, at=NOW)


def market() -> dict[str, Arguments]:
    """What briefs may refer to, and a search that found nothing."""
    return {
        "cms/products/": {"pk": Product.objects.create(name="Fibre").pk},
        "cms/segments/": {"pk": Segment.objects.create(name="Families").pk},
        "cms/channels/": {"pk": Channel.objects.create(name="Letters").pk},
        "cms/customers-words/": {"pk": CustomerWord.objects.create(theirs="box", ours="router").pk},
        "cms/search-misses/": {
            "pk": SearchMiss.objects.create(query="zeppelin", week_from=TODAY, count=1).pk
        },
    }


def asked_of_teams() -> Pulse:
    """A question that is open now, on which each team agrees."""
    PulseSettings.objects.create(way=PulseSettings.Way.TEAM_AGREED)
    pulse: Pulse = Pulse.objects.create(
        promise=PromiseFactory(), month=TODAY.replace(day=1), opens_on=TODAY, closes_on=TODAY
    )
    return pulse


def asked_for_time(care: Department, module: ModulePage, head: User) -> TimeRequest:
    """Of administrators: nobody leads above."""
    return ask_for_time(
        department=care,
        module=module,
        until=TODAY + 30 * A_DAY,
        reason="A fair",
        by=head,
        at=NOW,
    )


def remark_by(person: User, module: ModulePage) -> Remark:
    return make_remark(
        person=person,
        page=module.brief,
        kind="question",
        words="From which day on?",
        passage=Passage(),
        at=NOW,
    )


def brought_in_by(person: User) -> ImportRun:
    run: ImportRun = ImportRun.objects.create(
        person=person,
        kind="questions",
        file_name="questions.gift",
        size=1,
        state=ImportRun.State.DONE,
        sent_at=NOW,
        state_since=NOW,
    )
    return run


def arguments_of(module: ModulePage, person: User) -> dict[str, Arguments]:
    image = PortalImage.objects.create(title="Picture", file=picture())
    document = PortalDocument.objects.create(title="Paper", file=ContentFile(b"-", "paper.txt"))
    lesson = LessonFactory(
        module=module,
        body=[
            ("prose", f'<p><a linktype="document" id="{document.pk}">The paper</a></p>'),
            ("fact", FactFactory(brief=module.brief).key),
            ("picture", {"image": image, "alt": "The bill", "caption": ""}),
        ],
    )
    question = module.questions.first()
    promise = PromiseFactory(departments=[Department.objects.get(name="Care")])
    own = {
        "theme": "light",
        "module": module.slug,
        "lesson": lesson.slug,
        "brief": module.brief.slug,
        "since": 1,
        "version": version_of(module.brief, 1, kind="first").version,
        "promise": promise.slug,
        "reference": changed_for(promise).reference,
        "claim": promise.claims.get().key,
        "position": 1,
        "what": "answers",
    }
    return {
        "": own
        | nothing()
        | {"path": image.get_rendition("width-100").file.name, r"((?:[\w\-]+/)*)": "nowhere/"},
        "cms/pages/": pages(module),
        "cms/choose-page/": pages(module),
        "cms/api/": {"pk": module.pk, "action_name": "publish"},
        "cms/bulk/": {"app_label": "wagtailcore", "model_name": "page", "action": "publish"},
        "cms/snippets/": {"pk": question.pk},
        "cms/snippets/strategy/": {"pk": CampaignFactory().pk},
        "cms/questions/": {"pk": question.pk, "number": 1},
        "cms/images/": {"image_id": image.pk, "pk": image.pk, "filter_spec": "max-100x100"},
        "cms/documents/": {"document_id": document.pk, "pk": document.pk},
        "documents/": {r"(\d+)": document.pk, "(.*)": document.filename},
        "cms/settings/": {"app_name": "portal", "model_name": "brandsettings", "pk": site_pk()},
        "cms/users/": {"pk": person.pk},
        "cms/person-chooser/": {"pk": person.pk},
        "cms/product-chooser/": {"pk": Product.objects.create(name="Home fibre").pk},
        "cms/segment-chooser/": {"pk": Segment.objects.create(name="Movers").pk},
        "cms/groups/": {"pk": Group.objects.earliest("pk").pk},
        "cms/sites/": {"pk": site_pk()},
        "cms/locales/": {"pk": Locale.objects.earliest("pk").pk},
        "cms/translation/": {"page_id": module.pk, "pk": question.pk},
        "cms/collections/": {"pk": Collection.objects.earliest("pk").pk},
        "cms/workflows/": {"pk": Workflow.objects.earliest("pk").pk, "page_pk": module.pk},
        "cms/workflows/tasks/": {"pk": Task.objects.earliest("pk").pk},
    }


def changed_for(promise: PromisePage) -> ProcessChange:
    """A department's change that asks whether a promise, which is measured, becomes another."""
    MeasureFactory(promise=promise, owner=None)
    change: ProcessChange = ProcessChangeFactory()
    ChangeQuestion.objects.create(change=change, promise=promise)
    return change


def pages(module: ModulePage) -> Arguments:
    names = ("pk", "page_id", "parent_page_id", "page_to_move_id", "destination_id")
    revision = module.save_revision().pk
    return dict.fromkeys(names, module.pk) | {
        "content_type_app_name": "knowledge",
        "content_type_model_name": "lessonpage",
        "app_label": "knowledge",
        "model_name": "lessonpage",
        "revision_id": revision,
        "revision_id_a": revision,
        "revision_id_b": "live",
        "action_name": "approve",
    }


def nothing() -> Arguments:
    """Arguments that name nothing: the routes are there, but have nothing to show."""
    numbers = (
        "pk page_id image_id doc_id uploaded_file_id object_id collection_id workflow_pk task_id "
        "task_state_id workflow_state_id session_id revision_id revision_id_a revision_id_b "
        "restriction_id page_view_restriction_id"
    )
    words = "key uidb36 uidb64 token app_name app_label model_name action_name"
    return dict.fromkeys(numbers.split(), 999_999) | dict.fromkeys(words.split(), "none")


def site_pk() -> int:
    pk: int = Site.objects.get(is_default_site=True).pk
    return pk


def picture() -> ContentFile[bytes]:
    file = BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG")
    return ContentFile(file.getvalue(), "picture.png")
