"""Makes what every installation needs: groups, pages, what marketing may do."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from knowledge.models import (
    BriefIndexPage,
    HomePage,
    KnowledgePage,
    LearnIndexPage,
    PromiseIndexPage,
    SecondPersonTask,
)
from portal.models import User
from strategy.models import Campaign, LaunchGateTask

MARKETING = "Marketing"
SECOND_PERSON = "Second person"
LAUNCH = "Launch"
CUSTOMER_EXPERIENCE = "Customer experience"
LEADERS = "Leaders"
GROUPS = (MARKETING, CUSTOMER_EXPERIENCE, LEADERS)

# What marketing may do, as Django names it. Never add "change_user": Wagtail takes whoever may
# change people for an administrator.
MARKETING_PERMISSIONS = (
    ("wagtailadmin", "access_admin"),
    ("quizzes", "view_question"),
    ("quizzes", "add_question"),
    ("quizzes", "change_question"),
    ("quizzes", "delete_question"),
    ("quizzes", "publish_question"),
    ("portal", "change_brandsettings"),
    ("knowledge", "view_remark"),
    ("knowledge", "change_remark"),
    ("knowledge", "view_searchmiss"),
    ("knowledge", "change_searchmiss"),
    ("knowledge", "change_brandpositioning"),
    ("simple_translation", "submit_translation"),
    ("departments", "view_pulse"),
    ("departments", "add_pulse"),
    ("departments", "change_pulse"),
    ("departments", "delete_pulse"),
    ("strategy", "add_campaign"),
    ("strategy", "change_campaign"),
    ("strategy", "publish_campaign"),
    ("strategy", "lock_campaign"),
    ("strategy", "unlock_campaign"),
)
MARKETING_MARKET_PERMISSIONS = tuple(
    ("knowledge", f"{may}_{kind}")
    for kind in ("product", "segment", "channel", "customerword")
    for may in ("add", "change", "delete")
)
# Being the second person who agrees to a launch although its gate is closed.
LEADERS_PERMISSIONS = (("strategy", "change_override"),)
# Of evidence and of how departments work; customer experience may do it too.
EVIDENCE_PERMISSIONS = (("customers", "add_reading"), ("customers", "add_processchange"))
MARKETING_MEASURE_PERMISSIONS = tuple(
    ("customers", f"{may}_measure") for may in ("add", "change", "delete")
)
MARKETING_PAGE_PERMISSIONS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
MARKETING_FILE_PERMISSIONS = tuple(
    (app, f"{may}_{kind}")
    for app, kind in (("wagtailimages", "image"), ("wagtaildocs", "document"))
    for may in ("add", "change", "choose")
)


@transaction.atomic
def prepare_portal() -> list[str]:
    """Makes what every installation needs; run again, it changes nothing. Says what it did."""
    home, news = prepare_tree()
    for name in GROUPS:
        _group, is_new = Group.objects.get_or_create(name=name)
        news += [f"Group “{name}” made."] if is_new else []
    news += allow_marketing(home)
    news += allow_group(CUSTOMER_EXPERIENCE, EVIDENCE_PERMISSIONS)
    news += allow_group(LEADERS, LEADERS_PERMISSIONS)
    return news + ask_second_person() + ask_the_gate()


def prepare_tree() -> tuple[HomePage, list[str]]:
    news: list[str] = []
    welcome = welcome_page()
    home = HomePage.objects.in_source_language().first()
    if home is None:
        home = add_page(Page.get_first_root_node(), HomePage(title="Home", slug="home"), news)
        drop_first_workflow(news)
    point_site_at(home, news)
    if welcome:
        welcome.delete()
        news.append("Wagtail's welcome page deleted.")
    for index in (
        BriefIndexPage(title="Briefs", slug="briefs"),
        PromiseIndexPage(title="Promises", slug="promises"),
        LearnIndexPage(title="Learn", slug="learn"),
    ):
        if not type(index).objects.exists():
            add_page(home, index, news)
    return home, news


def welcome_page() -> Page | None:
    """The page that Wagtail begins with, untouched, under another address: ours needs its own.

    It is deleted only after the site has let go of it, because its site would go with it.
    """
    untouched = Page.objects.filter(
        depth=2, slug="home", numchild=0, latest_revision=None, content_type__model="page"
    )
    welcome: Page | None = untouched.first()
    if welcome:
        welcome.slug = "welcome"
        welcome.save()
    return welcome


def drop_first_workflow(news: list[str]) -> None:
    """Wagtail begins with a workflow for all pages whose approvers are a group of nobody."""
    dropped, _rows = WorkflowPage.objects.filter(page__depth=1).delete()
    if dropped:
        news.append("Pages no longer wait for moderators that nobody has named.")


def add_page[AnyPage: KnowledgePage](parent: Page, page: AnyPage, news: list[str]) -> AnyPage:
    parent.add_child(instance=page)
    page.save_revision().publish()
    news.append(f"Page “{page.title}” made.")
    return page


def point_site_at(home: HomePage, news: list[str]) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    site = site or Site(hostname="localhost", is_default_site=True)
    if site.root_page_id != home.pk:
        site.root_page = home
        site.site_name = site.site_name or settings.WAGTAIL_SITE_NAME
        site.save()
        news.append("The site begins at the home page.")


def allow_marketing(home: HomePage) -> list[str]:
    marketing = Group.objects.get(name=MARKETING)
    collection = Collection.get_first_root_node()
    before = permission_count(marketing)
    marketing.permissions.add(
        *permissions_named((*MARKETING_PERMISSIONS, *MARKETING_MARKET_PERMISSIONS)),
        *permissions_named((*MARKETING_MEASURE_PERMISSIONS, *EVIDENCE_PERMISSIONS)),
    )
    allow_marketing_pages(marketing, home)
    for permission in permissions_named(MARKETING_FILE_PERMISSIONS):
        GroupCollectionPermission.objects.get_or_create(
            group=marketing, collection=collection, permission=permission
        )
    given = permission_count(marketing) - before
    return [f"Group “{MARKETING}”: {given} permissions given."] if given else []


def allow_group(name: str, permissions: Iterable[tuple[str, str]]) -> list[str]:
    group = Group.objects.get(name=name)
    before = permission_count(group)
    group.permissions.add(*permissions_named(permissions))
    given = permission_count(group) - before
    return [f"Group “{name}”: {given} permissions given."] if given else []


def allow_marketing_pages(marketing: Group, home: Page) -> None:
    for permission in permissions_named(
        ("wagtailcore", f"{may}_page") for may in MARKETING_PAGE_PERMISSIONS
    ):
        GroupPagePermission.objects.get_or_create(
            group=marketing, page_id=home.pk, permission=permission
        )


def ask_second_person() -> list[str]:
    """Whoever is in marketing may approve another's change of a brief; whoever asks may not.

    An organisation that has chosen another workflow for its briefs keeps it.
    """
    without = [page for page in BriefIndexPage.objects.all() if page.get_workflow() is None]
    if not without:
        return []
    workflow = second_person_workflow()
    WorkflowPage.objects.bulk_create(WorkflowPage(page=page, workflow=workflow) for page in without)
    return ["Changes of briefs are approved by a second person."]


def second_person_workflow() -> Workflow:
    task = SecondPersonTask.objects.filter(name=SECOND_PERSON).first()
    if task is None:
        task = SecondPersonTask.objects.create(name=SECOND_PERSON)
        task.groups.add(Group.objects.get(name=MARKETING))
    workflow, _is_new = Workflow.objects.get_or_create(name=SECOND_PERSON)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    return workflow


def ask_the_gate() -> list[str]:
    """Whoever is in marketing may approve another's launch, while its gate is open.

    An organisation that has chosen another workflow for its campaigns keeps it.
    """
    campaigns = ContentType.objects.get_for_model(Campaign)
    if WorkflowContentType.objects.filter(content_type=campaigns).exists():
        return []
    task = LaunchGateTask.objects.filter(name=LAUNCH).first()
    if task is None:
        task = LaunchGateTask.objects.create(name=LAUNCH)
        task.groups.add(Group.objects.get(name=MARKETING))
    workflow, _is_new = Workflow.objects.get_or_create(name=LAUNCH)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowContentType.objects.create(content_type=campaigns, workflow=workflow)
    return ["Launches of campaigns are approved by a second person, while their gate is open."]


def open_language(home: HomePage) -> None:
    """Lets marketing work in the tree of another language, as in the one that it came from."""
    if marketing := Group.objects.filter(name=MARKETING).first():
        allow_marketing_pages(marketing, home)


def choose_language(*, person: User, language: str) -> None:
    """Keeps what a person reads in; what isn't offered is "as my browser asks"."""
    offered = dict(settings.LANGUAGES)
    User.objects.filter(pk=person.pk).update(language=language if language in offered else "")


def permission_count(group: Group) -> int:
    on_pages = GroupPagePermission.objects.filter(group=group).count()
    on_files = GroupCollectionPermission.objects.filter(group=group).count()
    return group.permissions.count() + int(on_pages + on_files)


def permissions_named(names: Iterable[tuple[str, str]]) -> list[Permission]:
    """Raises `Permission.DoesNotExist` where one is missing, before anything has been given."""
    return [
        Permission.objects.get(content_type__app_label=app, codename=codename)
        for app, codename in names
    ]
