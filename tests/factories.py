"""Rows for tests, one factory a noun; states are traits: `MembershipFactory(on_leave=True)`.

Attempts are never written but played, through the actions that a browser reaches too.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import factory
from django.contrib.auth.models import Group
from factory.django import DjangoModelFactory, Password
from wagtail.models import Page

from customers.models import Measure, ProcessChange, Reading
from departments.models import Department, Headship, Link, Membership, Requirement
from knowledge.models import (
    BriefIndexPage,
    BriefPage,
    Claim,
    Fact,
    KnowledgePage,
    LearnIndexPage,
    LessonPage,
    ModulePage,
    PromiseIndexPage,
    PromisePage,
)
from portal.models import User
from quizzes.actions import mark_own_answer, start_practice, start_quiz, submit_answer
from quizzes.asking import gaps_of
from quizzes.days import month_after
from quizzes.models import Answer, Attempt, Citation, Option, Question, Standing
from strategy.models import Campaign
from tests.conftest import NOW
from tests.prepared import prepared_tree

PASSWORD = "words-for-tests-only"
TODAY = NOW.date()
LONG_AGO = date(2024, 1, 8)
A_DAY = timedelta(days=1)


class PersonFactory(DjangoModelFactory):
    """Signs in with `PASSWORD`. `groups=["Marketing"]` needs the fixture `portal_site`."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        administrator = factory.Trait(is_staff=True, is_superuser=True)
        deactivated = factory.Trait(is_active=False)

    email = factory.Sequence(lambda number: f"robin.example{number}@example.com")
    first_name = "Robin"
    last_name = factory.Sequence(lambda number: f"Example{number}")
    password = Password(PASSWORD)

    @factory.post_generation  # type: ignore[untyped-decorator]  # factory-boy has no types
    def groups(self, _create: bool, extracted: Iterable[str] | None, **_kwargs: Any) -> None:
        for name in extracted or ():
            self.groups.add(Group.objects.get(name=name))


class DepartmentFactory(DjangoModelFactory):
    """`parent=` puts it below another. The tree is kept in the order of names, so adding one may
    move those beside it: refresh what was made before."""

    class Meta:
        model = Department

    name = factory.Sequence(lambda number: f"Department {number:04}")
    parent: Any = None

    @classmethod
    def _create(
        cls, model_class: type[Department], *_args: Any, parent: Department | None, **kwargs: Any
    ) -> Department:
        if parent is None:
            department = model_class.add_root(**kwargs)
        else:
            department = model_class.objects.get(pk=parent.pk).add_child(**kwargs)
        assert isinstance(department, model_class)
        return department


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    class Params:
        on_leave = factory.Trait(leave_from=TODAY - 30 * A_DAY, leave_to=TODAY + 30 * A_DAY)
        joiner = factory.Trait(starts_on=TODAY - 7 * A_DAY)
        left = factory.Trait(ends_on=TODAY - A_DAY)

    person = factory.SubFactory(PersonFactory)
    department = factory.SubFactory(DepartmentFactory)
    title = "Adviser"
    starts_on = LONG_AGO


class HeadshipFactory(DjangoModelFactory):
    class Meta:
        model = Headship

    class Params:
        deputy = factory.Trait(kind=Headship.Kind.DEPUTY)
        left = factory.Trait(ends_on=TODAY - A_DAY)

    person = factory.SubFactory(PersonFactory)
    department = factory.SubFactory(DepartmentFactory)
    starts_on = LONG_AGO


class PageFactory(DjangoModelFactory):
    """A published page below `parent`."""

    class Meta:
        abstract = True

    slug = factory.Sequence(lambda number: f"page-{number}")

    @classmethod
    def _create(
        cls, model_class: type[KnowledgePage], *_args: Any, parent: Page, **kwargs: Any
    ) -> KnowledgePage:
        # treebeard trusts the count of children in memory, which an earlier test step made stale.
        parent.refresh_from_db(fields=["numchild"])
        page: KnowledgePage = parent.add_child(instance=model_class(**kwargs))
        return page


class BriefFactory(PageFactory):
    class Meta:
        model = BriefPage

    parent = factory.LazyFunction(lambda: index_page(BriefIndexPage))
    title = factory.Sequence(lambda number: f"Brief {number}")
    one_breath = "You get your money back, and we tell you the day."
    right_for = "Everybody who pays monthly."
    not_right_for = "Business customers, who have their own agreement."
    expectation = "I get my money back on the day you named."


class FactFactory(DjangoModelFactory):
    class Meta:
        model = Fact

    brief = factory.SubFactory(BriefFactory)
    key = factory.Sequence(lambda number: f"fact-{number}")
    title = factory.Sequence(lambda number: f"Fact {number}")
    statement = "A refund takes five working days."

    @classmethod
    def _create(cls, model_class: type[Fact], *_args: Any, brief: BriefPage, **kwargs: Any) -> Fact:
        # Through its brief, so that saving the brief afterwards doesn't lose the fact.
        fact = model_class(**kwargs)
        facts: Any = brief.facts
        facts.add(fact)
        facts.commit()
        return fact


class PromiseFactory(PageFactory):
    """`departments=` are its chain, from the first link to the last."""

    class Meta:
        model = PromisePage

    parent = factory.LazyFunction(lambda: index_page(PromiseIndexPage))
    title = factory.Sequence(lambda number: f"Promise {number}")
    sentence = "You get your money back on the day we name."

    class Params:
        departments: Any = ()

    claims = factory.LazyFunction(
        lambda: [Claim(target=Decimal(95), measure="refunds arrive within 3 working days")]
    )
    links = factory.LazyAttribute(
        lambda promise: [
            Link(
                department=department,
                part=f"Do what {department} does.",
                standard="The same day",
                sort_order=place,
            )
            for place, department in enumerate(promise.departments)
        ]
    )


class CampaignFactory(DjangoModelFactory):
    """A draft, kept as its only revision; `promises=` are those that it makes."""

    class Meta:
        model = Campaign

    title = factory.Sequence(lambda number: f"Campaign {number}")
    slug = factory.Sequence(lambda number: f"campaign-{number}")
    hears = "Money back in three working days. Promised."
    expectation = "It's in my account by Thursday."
    brief = factory.SubFactory(BriefFactory)
    launches_on = TODAY + 14 * A_DAY
    sponsor = factory.SubFactory(PersonFactory)
    owner = factory.SubFactory(PersonFactory)
    promises = factory.LazyFunction(lambda: [PromiseFactory()])

    @classmethod
    def _create(
        cls, model_class: type[Campaign], *_args: Any, promises: Any, **kwargs: Any
    ) -> Campaign:
        campaign = model_class(**kwargs)
        campaign.promises = promises
        campaign.save()
        campaign.save_revision(user=campaign.owner)
        return campaign


class MeasureFactory(DjangoModelFactory):
    """`claim=` is the claim that it judges; `promise=` alone makes it one beside the claims."""

    class Meta:
        model = Measure

    reference = factory.Sequence(lambda number: f"measure-{number}")
    name = factory.Sequence(lambda number: f"Measure {number}")
    source = "Payment log"
    promise = factory.LazyAttribute(lambda measure: measure.claim and measure.claim.promise)
    claim = None


class ReadingFactory(DjangoModelFactory):
    """Of a whole month, if `ends_on` isn't given."""

    class Meta:
        model = Reading

    measure = factory.SubFactory(MeasureFactory)
    starts_on = date(2026, 10, 1)
    ends_on = factory.LazyAttribute(lambda reading: month_after(reading.starts_on) - A_DAY)
    source = "Payment log"
    entered_at = NOW


class ProcessChangeFactory(DjangoModelFactory):
    """`promises=` and `measures=` are what it has to do with."""

    class Meta:
        model = ProcessChange
        skip_postgeneration_save = True

    # Far from those that tests name themselves.
    reference = factory.Sequence(lambda number: f"PC-{number + 1000}")
    title = "Weekly refund run"
    why = "An audit found refunds that were paid twice."
    happens_on = date(2026, 8, 17)
    department = factory.SubFactory(DepartmentFactory)
    logged_at = NOW

    @factory.post_generation  # type: ignore[untyped-decorator]  # factory-boy has no types
    def promises(self, _create: bool, extracted: Iterable[Any] | None, **_kwargs: Any) -> None:
        self.promises.set(extracted or ())

    @factory.post_generation  # type: ignore[untyped-decorator]  # factory-boy has no types
    def measures(self, _create: bool, extracted: Iterable[Any] | None, **_kwargs: Any) -> None:
        self.measures.set(extracted or ())


class ModuleFactory(PageFactory):
    class Meta:
        model = ModulePage

    parent = factory.LazyFunction(lambda: index_page(LearnIndexPage))
    brief = factory.SubFactory(BriefFactory)
    title = factory.Sequence(lambda number: f"Module {number}")


class LessonFactory(PageFactory):
    """`module=` is the page above; `facts=` are shown in the lesson."""

    class Meta:
        model = LessonPage

    class Params:
        module = factory.SubFactory(ModuleFactory)
        facts: Any = ()

    parent = factory.SelfAttribute("module")
    title = factory.Sequence(lambda number: f"Lesson {number}")
    one_breath = "Say the day, and keep it."
    body = factory.LazyAttribute(
        lambda lesson: [
            ("prose", "<p>Say the day on which the money arrives.</p>"),
            *(("fact", fact.key) for fact in lesson.facts),
        ]
    )


class RequirementFactory(DjangoModelFactory):
    class Meta:
        model = Requirement

    department = factory.SubFactory(DepartmentFactory)
    module = factory.SubFactory(ModuleFactory)
    due_on = TODAY + 11 * A_DAY


# The right ones are marked; steps stand in the right order, wordings are all accepted. A third
# value is what belongs to it: the other half of a pair, or the number of its gap.
OPTIONS: dict[str, list[tuple[str, bool] | tuple[str, bool, str]]] = {
    Question.Kind.ONE: [("Five days", True), ("Six days", False), ("Seven days", False)],
    Question.Kind.MANY: [("The day", True), ("The sum", True), ("The weather", False)],
    Question.Kind.TEXT: [("Thursday", False), ("Thursdays", False)],
    Question.Kind.ORDER: [("Agree it", False), ("Say the day", False), ("Pay it", False)],
    Question.Kind.SCENARIO: [("Say the day", True), ("Say sorry", False)],
    Question.Kind.REASON: [("True: it is agreed", True), ("False: it is not", False)],
    Question.Kind.MATCH: [
        ("By card", False, "Three days"),
        ("By bank transfer", False, "Five days"),
        ("By voucher", False, "Three days"),
        ("", False, "Ten days"),
    ],
    Question.Kind.GAPS: [
        ("five", True, "1"),
        ("5", True, "1"),
        ("Thursday", True, "2"),
        ("Monday", False, "2"),
    ],
}
STEM = "How long does a refund take?"
GAPS_STEM = "It takes [1] working days, and goes out on [2]."


class QuestionFactory(DjangoModelFactory):
    """A live question that cites a fact.

    `options=` takes pairs of text and right or not; a third value says what belongs to it.
    """

    class Meta:
        model = Question
        rename = {"pairs": "options"}

    class Params:
        many = factory.Trait(kind=Question.Kind.MANY)
        number_typed = factory.Trait(
            kind=Question.Kind.NUMBER, number=Decimal(50), tolerance=Decimal(5), unit="Mbps"
        )
        text = factory.Trait(kind=Question.Kind.TEXT)
        order = factory.Trait(kind=Question.Kind.ORDER)
        scenario = factory.Trait(kind=Question.Kind.SCENARIO)
        say = factory.Trait(kind=Question.Kind.SAY, model_answer="You have it on Thursday.")
        reason = factory.Trait(kind=Question.Kind.REASON)
        match = factory.Trait(kind=Question.Kind.MATCH)
        gaps = factory.Trait(kind=Question.Kind.GAPS)
        must_know = factory.Trait(is_must_know=True)
        look_up = factory.Trait(is_look_up=True)
        facts = factory.LazyAttribute(lambda question: [FactFactory(brief=question.module.brief)])

    module = factory.SubFactory(ModuleFactory)
    reference = factory.Sequence(lambda number: f"question-{number}")
    name = factory.Sequence(lambda number: f"Question {number}")
    kind = Question.Kind.ONE
    stem = factory.LazyAttribute(
        lambda question: GAPS_STEM if question.kind == Question.Kind.GAPS else STEM
    )
    explanation = "A refund takes five working days, because the bank needs two of them."
    pairs = factory.LazyAttribute(lambda question: OPTIONS.get(question.kind, []))
    citations = factory.LazyAttribute(
        lambda question: [Citation(fact_key=fact.key) for fact in question.facts]
    )

    @classmethod
    def _create(
        cls,
        model_class: type[Question],
        *_args: Any,
        options: list[tuple[str, bool] | tuple[str, bool, str]],
        **kwargs: Any,
    ) -> Question:
        made = [
            # Without a place of its own, an option's place is the database's to choose.
            Option(text=text, is_right=is_right, pair="".join(pair), sort_order=place)
            for place, (text, is_right, *pair) in enumerate(options)
        ]
        question = model_class(options=made, **kwargs)
        question.save()
        return question


class AttemptFactory(factory.Factory):
    """A sitting at `at`: open, or answered to the end with `passed=True` or `passed=False`.

    `practice=True` makes it a practice. A module that isn't given has six questions.
    """

    class Meta:
        model = Attempt

    person = factory.SubFactory(PersonFactory)
    module = factory.LazyFunction(lambda: module_with_questions())  # noqa: PLW0108  (defined below)
    at = NOW
    passed: bool | None = None
    practice = False

    @classmethod
    def _create(
        cls,
        model_class: type[Attempt],
        *_args: Any,
        at: datetime,
        passed: bool | None,
        practice: bool,
        **kwargs: Any,
    ) -> Attempt:
        start = start_practice if practice else start_quiz
        attempt = start(at=at, rng=Random(7), **kwargs)
        if passed is not None:
            answer_all(attempt, right=passed, at=at)
        return model_class.objects.get(pk=attempt.pk)


class StandingFactory(DjangoModelFactory):
    """Only started, unless a trait says more."""

    class Meta:
        model = Standing

    class Params:
        ready = factory.Trait(
            passed_on=TODAY - 10 * A_DAY,
            ready_until=TODAY + 14 * A_DAY,
            practice_from=TODAY + 7 * A_DAY,
            version=1,
        )
        practice_due = factory.Trait(
            passed_on=TODAY - 30 * A_DAY,
            ready_until=TODAY + 3 * A_DAY,
            practice_from=TODAY - 3 * A_DAY,
            version=1,
        )
        lapsed = factory.Trait(
            passed_on=TODAY - 90 * A_DAY,
            ready_until=TODAY - A_DAY,
            practice_from=TODAY - 30 * A_DAY,
            version=1,
        )

    person = factory.SubFactory(PersonFactory)
    module = factory.SubFactory(ModuleFactory)
    started_at = NOW - 100 * A_DAY


def index_page(model: type[KnowledgePage]) -> KnowledgePage:
    """The one page of this kind; the content tree is made where a test has no `portal_site`."""
    page: KnowledgePage | None = model.objects.first()
    if page is None:
        prepared_tree()
        page = model.objects.get()
    return page


def module_with_questions(count: int = 6) -> ModulePage:
    module: ModulePage = ModuleFactory()
    QuestionFactory.create_batch(count, module=module)
    return module


def answer_all(attempt: Attempt, *, right: bool, at: datetime, sureness: str = "sure") -> None:
    """Answers whatever is open, in order."""
    for answer in attempt.answers.filter(answered_at=None).select_related("question"):
        answer_one(answer, right=right, at=at, sureness=sureness)


def answer_one(answer: Answer, *, right: bool, at: datetime, sureness: str = "sure") -> None:
    response = right_response(answer.question) if right else wrong_response(answer.question)
    place: dict[str, Any] = {"attempt": answer.attempt, "position": answer.position, "at": at}
    submit_answer(**place, response=response, sureness=sureness)
    if answer.question.kind == Question.Kind.SAY:
        mark_own_answer(**place, is_right=right)


def right_response(question: Question) -> Any:
    options = list(Option.objects.filter(question=question))
    match question.kind:
        case Question.Kind.NUMBER:
            return str(question.number)
        case Question.Kind.TEXT:
            return options[0].text
        case Question.Kind.SAY:
            return "You have it on Thursday."
        case Question.Kind.ORDER:
            return [option.pk for option in options]
        case Question.Kind.MATCH | Question.Kind.GAPS:
            return parts_filled(question, right=True)
    return [option.pk for option in options if option.is_right]


def wrong_response(question: Question) -> Any:
    options = list(Option.objects.filter(question=question))
    match question.kind:
        case Question.Kind.NUMBER:
            return "-1"
        case Question.Kind.TEXT | Question.Kind.SAY:
            return "I don't know"
        case Question.Kind.ORDER:
            return [option.pk for option in reversed(options)]
        case Question.Kind.MATCH | Question.Kind.GAPS:
            return parts_filled(question, right=False)
    return [option.pk for option in options if not option.is_right]


def parts_filled(question: Question, *, right: bool) -> dict[str, Any]:
    """Every pair matched, or every gap filled: all rightly, or none."""
    asked = question.asked_now()
    if question.kind == Question.Kind.MATCH:
        return {
            str(premise.pk): next(
                option.pk for option in asked.options if (option.pair == premise.pair) is right
            )
            for premise in asked.premises
        }
    filled: dict[str, Any] = {}
    for gap in gaps_of(asked.stem):
        options = asked.options_of_gap(gap)
        fitting = [option for option in options if option.is_right is right]
        if asked.is_typed(gap):
            filled[str(gap)] = options[0].text if right else "I don't know"
        else:
            filled[str(gap)] = fitting[0].pk
    return filled
