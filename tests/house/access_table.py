"""Who meets what at which address: the one table of access, reviewed by a person.

A row is keyed by its route; with `*` at its end it takes in every route that begins so and has no
nearer row. A route without a row fails the build. A cell holds every answer that is right there.
"""

from dataclasses import dataclass

from tests.house.routes import Answer

type Cell = frozenset[Answer]

SHOWN: Cell = frozenset({Answer.SHOWN})
SENT_ON: Cell = frozenset({Answer.SENT_ON})
SIGN_IN: Cell = frozenset({Answer.SIGN_IN})
NOT_THERE: Cell = frozenset({Answer.NOT_THERE})
NOT_SO: Cell = frozenset({Answer.NOT_SO})
FOUND: Cell = SHOWN | SENT_ON
# Whoever may not edit is told so; editors meet several refusals of Wagtail's.
REFUSED: Cell = frozenset({Answer.REFUSED, Answer.SIGN_IN, Answer.NOT_THERE, Answer.NOT_SO})
# Many of the editor's routes want something that the walk has not got, such as a scheduled draft.
SOUND: Cell = frozenset(Answer) - {Answer.BROKEN, Answer.SIGN_IN}


# Whose cell is another's: nothing of what she led opens a door any more.
LIKE = {"former_head": "colleague"}
ROLES = (
    "anonymous",
    "colleague",
    "head",
    "other_head",
    "former_head",
    "marketer",
    "moderator",
    "customer_experience",
    "administrator",
    "deactivated",
)


@dataclass(frozen=True, slots=True)
class Row:
    """What each role meets when it asks with GET."""

    anonymous: Cell
    colleague: Cell
    head: Cell
    other_head: Cell
    marketer: Cell
    administrator: Cell
    deactivated: Cell
    # Wagtail's own group, which edits pages and files but no questions.
    moderator: Cell | None = None
    # Who looks after customers is a colleague, but for evidence and how departments work.
    customer_experience: Cell | None = None

    def cell(self, role: str) -> Cell:
        cell: Cell | None = getattr(self, LIKE.get(role, role))
        otherwise = self.colleague if role == "customer_experience" else self.marketer
        return otherwise if cell is None else cell


def heads(cell: Cell, *, other_head: Cell | None = None) -> Row:
    """A department's head and administrators; whoever leads another one, where that is told."""
    other = other_head or NOT_THERE
    return Row(SIGN_IN, NOT_THERE, cell, other, NOT_THERE, cell, SIGN_IN)


def published(cell: Cell) -> Row:
    """Whoever may publish the page; for everybody else there is nothing here."""
    return Row(SIGN_IN, NOT_THERE, NOT_THERE, NOT_THERE, cell, cell, SIGN_IN)


def everybody(cell: Cell, *, once_signed_in: Cell | None = None) -> Row:
    inside = once_signed_in or cell
    return Row(cell, inside, inside, inside, inside, inside, cell)


def people(cell: Cell, *, head: Cell | None = None, other_head: Cell | None = None) -> Row:
    """Everybody who is signed in."""
    return Row(SIGN_IN, cell, head or cell, other_head or cell, cell, cell, SIGN_IN)


def editors(
    marketer: Cell, administrator: Cell | None = None, *, moderator: Cell | None = None
) -> Row:
    outside = (SIGN_IN, REFUSED, REFUSED, REFUSED)
    return Row(*outside, marketer, administrator or marketer, SIGN_IN, moderator)


def administrators(cell: Cell) -> Row:
    return editors(REFUSED, cell)


TABLE: dict[str, Row] = {
    # The portal
    "": people(SHOWN),
    "me/": people(SHOWN),
    "me/what-others-see/": people(SHOWN),
    # Always one's own: no address names anybody.
    "me/history/": people(SHOWN),
    "me/history/<slug:what>/": people(SHOWN),
    "me/everything/": people(SHOWN),
    "me/mail/": people(NOT_SO),
    # The link of a mail is its own key; this one opens nothing.
    "me/mail/stop/<str:token>/": everybody(NOT_THERE),
    "help/": people(SHOWN),
    "help/how-dates-work/": people(SHOWN),
    "theme/": everybody(NOT_SO),
    "language/": everybody(NOT_SO),
    "brand/<slug:theme>/": everybody(NOT_THERE),
    "healthz": everybody(SHOWN),
    "^media/(?P<path>.+)$": people(SHOWN),
    # Departments: whoever leads none, or another one, learns not even that it is there.
    "team/": Row(SIGN_IN, NOT_THERE, SENT_ON, SENT_ON, NOT_THERE, SHOWN, SIGN_IN),
    "team/<int:pk>/": people(NOT_THERE, head=SHOWN),
    "team/<int:pk>/export/": people(NOT_THERE, head=SHOWN),
    "team/<int:pk>/readiness.json": people(NOT_THERE, head=SHOWN),
    "team/readiness/export/": Row(
        SIGN_IN, NOT_THERE, NOT_THERE, NOT_THERE, NOT_THERE, SHOWN, SIGN_IN
    ),
    "team/<int:pk>/huddle/<str:week>/": people(NOT_THERE, head=SHOWN),
    "team/people/export/": Row(SIGN_IN, NOT_THERE, NOT_THERE, NOT_THERE, NOT_THERE, SHOWN, SIGN_IN),
    # The organisation: totals for everybody, its departments for whoever leads or steers.
    "organisation/": people(SHOWN),
    "organisation/export/": people(SHOWN),
    "organisation/<int:pk>/": Row(SIGN_IN, NOT_THERE, SHOWN, SHOWN, SHOWN, SHOWN, SIGN_IN),
    "organisation/<int:pk>/export/": Row(SIGN_IN, NOT_THERE, SHOWN, SHOWN, SHOWN, SHOWN, SIGN_IN),
    # Who works where and who leads what: changed by administrators; a head names her deputies.
    "team/organisation/*": Row(SIGN_IN, NOT_THERE, NOT_THERE, NOT_THERE, NOT_THERE, SHOWN, SIGN_IN),
    "team/<int:pk>/deputies/": heads(SHOWN),
    "team/<int:pk>/deputies/<slug:act>/": heads(SHOWN),
    # What departments must know: set by their heads, and by administrators for all.
    "team/<int:pk>/requirements/": heads(SHOWN),
    "team/<int:pk>/requirements/add/": heads(SHOWN),
    "team/<int:pk>/requirements/<int:requirement>/": heads(SHOWN),
    "team/<int:pk>/requirements/<int:requirement>/remove/": heads(SHOWN),
    "team/requirements/import/": heads(SHOWN, other_head=SHOWN),
    "team/requirements/export/": heads(SHOWN, other_head=SHOWN),
    # What a department needs and gets: its head speaks for it.
    # A head acts for her people; what she asks of those above is answered there alone.
    "team/<int:pk>/act/": people(NOT_THERE, head=SHOWN),
    "team/<int:pk>/act/<slug:act>/": people(NOT_THERE, head=SENT_ON),
    "team/<int:pk>/given/": people(NOT_THERE, head=SHOWN),
    "team/<int:pk>/given/<slug:kind>/<int:given>/take-back/": people(NOT_SO),
    "team/<int:pk>/time/": people(NOT_THERE, head=SHOWN),
    "team/<int:pk>/time/<int:asked>/": Row(
        SIGN_IN, NOT_THERE, NOT_THERE, NOT_THERE, NOT_THERE, SHOWN, SIGN_IN
    ),
    "team/<int:pk>/log/": heads(SHOWN),
    "team/<int:pk>/log/export/": heads(SHOWN),
    "team/<int:pk>/handoffs/": people(NOT_THERE, head=SHOWN),
    "team/<int:pk>/handoffs/needs/add/": people(NOT_THERE, head=SHOWN),
    "team/<int:pk>/handoffs/needs/<int:need>/": people(NOT_THERE, head=SHOWN),
    "team/<int:pk>/handoffs/needs/<int:need>/close/": people(NOT_SO),
    "team/<int:pk>/handoffs/rate/": people(NOT_THERE, head=SHOWN),
    "team/<int:pk>/handoffs/ratings/<int:rating>/": people(NOT_THERE, head=SHOWN),
    "team/<int:pk>/handoffs/ratings/<int:rating>/close/": people(NOT_SO),
    # Everybody reads what colleagues can't do, and what was said to it.
    "promises/<slug:promise>/sign/<int:pk>/": heads(SHOWN),
    "promises/<slug:promise>/flags/": people(SHOWN),
    "flags/<int:pk>/": people(SHOWN),
    # The month's question: the same results for everybody; a team's answer is its own head's.
    "pulse/": people(SHOWN),
    "pulse/results/": people(SHOWN),
    "pulse/results/export/": people(SHOWN),
    "pulse/results/data/": people(SHOWN),
    "pulse/team/<int:pk>/": people(NOT_THERE, head=SHOWN),
    # Evidence: read by everybody, entered by whoever answers for it or looks after customers.
    "promises/<slug:promise>/evidence/": people(SHOWN),
    "promises/<slug:promise>/evidence/file/": people(SHOWN),
    "promises/<slug:promise>/evidence/add/": Row(
        SIGN_IN,
        NOT_THERE,
        NOT_THERE,
        NOT_THERE,
        SHOWN,
        SHOWN,
        SIGN_IN,
        customer_experience=SHOWN,
    ),
    # What departments change: logged by their heads; its question is the promise's owner's.
    "changes/": people(SHOWN),
    "changes/add/": Row(
        SIGN_IN,
        NOT_THERE,
        SHOWN,
        SHOWN,
        SHOWN,
        SHOWN,
        SIGN_IN,
        moderator=NOT_THERE,
        customer_experience=SHOWN,
    ),
    "changes/<slug:reference>/": people(SHOWN),
    "changes/<slug:reference>/drop/": people(NOT_SO),
    "changes/<slug:reference>/<slug:promise>/": published(SHOWN),
    # Planning is no secret: every colleague sees campaigns and their gates, drafts too.
    "campaigns/": people(SHOWN),
    "campaigns/<slug:slug>/": people(SENT_ON),
    "campaigns/<slug:slug>/gate/": people(SHOWN),
    # Asking is for whoever may launch (a question waits already); what was asked is for everybody.
    "campaigns/<slug:slug>/gate/ask/": people(NOT_SO),
    "campaigns/<slug:slug>/gate/override/": editors(SENT_ON, moderator=REFUSED),
    "campaigns/<slug:slug>/gate/override/<int:pk>/": people(SHOWN),
    "campaigns/<slug:slug>/gate/override/<int:pk>/take-back/": people(NOT_SO),
    # The calendar: the same for everybody. Another calendar comes with a key, and has none here.
    "calendar/": people(SHOWN),
    "calendar/list/": people(SHOWN),
    "calendar/address/": people(NOT_SO),
    "calendar.ics": everybody(NOT_THERE),
    "promises/register.csv": people(SHOWN),
    # Quizzes and practice: always one's own sitting
    "learn/<slug:module>/quiz/": people(SHOWN),
    "learn/<slug:module>/quiz/<int:position>/": people(SHOWN),
    "learn/<slug:module>/quiz/<int:position>/mark/": people(NOT_SO),
    "learn/<slug:module>/quiz/hand-in/": people(FOUND),
    "learn/<slug:module>/quiz/result/": people(SHOWN),
    "learn/<slug:module>/quiz/helped/": people(NOT_SO),
    "learn/<slug:module>/quiz/<int:position>/draft/": people(NOT_SO),
    # Nobody in the table has a change to check, so there is no sitting of it.
    "learn/<slug:module>/check/": people(SHOWN),
    "learn/<slug:module>/check/<int:position>/": people(NOT_THERE),
    "learn/<slug:module>/check/<int:position>/mark/": people(NOT_SO),
    "learn/<slug:module>/check/<int:position>/draft/": people(NOT_SO),
    "learn/<slug:module>/check/hand-in/": people(NOT_THERE),
    "learn/<slug:module>/check/result/": people(NOT_THERE),
    # Everybody in the table has been asked by the module before, so none has anything to try.
    "learn/<slug:module>/try/": people(SENT_ON),
    "learn/<slug:module>/try/<int:position>/": people(NOT_THERE),
    "learn/<slug:module>/try/<int:position>/mark/": people(NOT_SO),
    "learn/<slug:module>/try/<int:position>/draft/": people(NOT_SO),
    "learn/<slug:module>/try/hand-in/": people(NOT_THERE),
    "learn/<slug:module>/try/result/": people(NOT_THERE),
    "practice/": people(SHOWN),
    "practice/<slug:module>/": people(SENT_ON),
    "practice/<slug:module>/<int:position>/": people(SHOWN),
    "practice/<slug:module>/<int:position>/mark/": people(NOT_SO),
    "practice/<slug:module>/<int:position>/draft/": people(NOT_SO),
    "practice/<slug:module>/hand-in/": people(FOUND),
    "practice/<slug:module>/result/": people(SHOWN),
    "corrections/<int:pk>/seen/": people(NOT_SO),
    # Knowledge
    "search/": people(SHOWN),
    "briefs/": people(SHOWN),
    "briefs/<slug:brief>/": people(SHOWN),
    "briefs/<slug:brief>/ask/": people(SHOWN),
    "briefs/<slug:brief>/changes/": people(SENT_ON),
    "briefs/<slug:brief>/changes/<int:since>..<int:version>/": people(SHOWN),
    "promises/": people(SHOWN),
    "promises/<slug:promise>/": people(SHOWN),
    # What a promise claims is changed by whoever may publish it; here it never was.
    "promises/<slug:promise>/lower/<slug:claim>/": published(SHOWN),
    "promises/<slug:promise>/lower/<slug:claim>/done/": published(SENT_ON),
    "learn/": people(SHOWN),
    "learn/<slug:module>/": people(SHOWN),
    "learn/<slug:module>/<slug:lesson>/": people(SHOWN),
    "learn/<slug:module>/<slug:lesson>/done/": people(NOT_SO),
    "still-true/<int:pk>/": people(NOT_SO),
    "learn/<slug:module>/<slug:lesson>/ask/": people(SHOWN),
    "remarks/": people(SHOWN),
    # A remark is there for whoever answers for its page, or may publish it.
    "remarks/<int:pk>/": Row(SIGN_IN, NOT_THERE, NOT_THERE, NOT_THERE, SHOWN, SHOWN, SIGN_IN),
    # Signing in; nobody signs up
    "accounts/login/": everybody(SHOWN, once_signed_in=SENT_ON),
    "accounts/signup/": everybody(SHOWN, once_signed_in=SENT_ON),
    "accounts/logout/": everybody(SIGN_IN | SHOWN, once_signed_in=SHOWN),
    "accounts/inactive/": everybody(SHOWN),
    "accounts/reauthenticate/": people(SHOWN),
    "accounts/password/change/": people(SHOWN),
    "accounts/password/set/": people(SENT_ON),
    "accounts/password/reset/*": everybody(SHOWN),
    r"accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": everybody(SHOWN),
    # The editor: what marketing works with
    "cms/": editors(SHOWN),
    "cms/pages/": editors(FOUND),
    "cms/pages/<int:parent_page_id>/": editors(SHOWN),
    "cms/pages/<int:page_id>/edit/": editors(SHOWN),
    "cms/pages/<int:page_id>/edit/preview/": editors(SHOWN),
    "cms/pages/<int:page_id>/history/": editors(SHOWN),
    "cms/pages/*": editors(SOUND),
    "cms/snippets/": administrators(REFUSED),
    "cms/snippets/quizzes/question/": editors(SHOWN, moderator=REFUSED),
    "cms/snippets/quizzes/question/add/": editors(SHOWN, moderator=REFUSED),
    "cms/snippets/quizzes/question/edit/<int:pk>/": editors(SHOWN, moderator=REFUSED),
    "cms/snippets/quizzes/question/*": editors(SOUND),
    "cms/snippets/choose/quizzes/question/*": editors(SOUND),
    # Campaigns: for whoever writes them. Publishing one asks its gate.
    "cms/snippets/strategy/campaign/": editors(SHOWN, moderator=REFUSED),
    "cms/snippets/strategy/campaign/add/": editors(SHOWN, moderator=REFUSED),
    "cms/snippets/strategy/campaign/edit/<int:pk>/": editors(SHOWN, moderator=REFUSED),
    "cms/snippets/strategy/campaign/*": editors(SOUND, moderator=REFUSED),
    # Wagtail's own question before an approval is called off; it shows and does nothing by itself.
    "cms/snippets/strategy/campaign/workflow/confirm_cancellation/<int:pk>/": editors(SOUND),
    "cms/snippets/choose/strategy/campaign/*": editors(SOUND),
    "cms/reports/launches/": editors(SHOWN, moderator=REFUSED),
    "cms/reports/launches/results/": editors(SHOWN, moderator=REFUSED),
    # How questions do: for whoever may edit questions.
    "cms/questions/<int:pk>/figures/": editors(SHOWN, moderator=REFUSED),
    "cms/reports/questions/": editors(SHOWN, moderator=REFUSED),
    "cms/reports/questions/results/": editors(SHOWN, moderator=REFUSED),
    # A faulty question that was answered: for whoever may edit questions.
    "cms/questions/<int:pk>/versions/": editors(SHOWN, moderator=REFUSED),
    "cms/questions/<int:pk>/versions/<int:number>/void/": editors(SHOWN, moderator=REFUSED),
    "cms/questions/<int:pk>/versions/<int:number>/mark-anew/": editors(SHOWN, moderator=REFUSED),
    # Files in and out: what was sent is there for its sender only.
    "cms/changes/<int:brief_id>/": editors(SHOWN),
    "cms/files/": editors(SHOWN),
    "cms/files/bring-in/<slug:kind>/": editors(SHOWN, moderator=REFUSED),
    "cms/files/take-out/<slug:kind>/": editors(SHOWN, moderator=REFUSED),
    "cms/files/<uuid:key>/": editors(SHOWN, NOT_THERE, moderator=NOT_THERE),
    "cms/files/<uuid:key>/confirm/": editors(NOT_SO),
    "cms/files/<uuid:key>/discard/": editors(NOT_SO),
    # What colleagues ask: all of it for marketing, each for whoever may publish its page.
    "cms/products/*": editors(FOUND, moderator=REFUSED),
    "cms/segments/*": editors(FOUND, moderator=REFUSED),
    "cms/channels/*": editors(FOUND, moderator=REFUSED),
    "cms/customers-words/*": editors(FOUND, moderator=REFUSED),
    "cms/search-misses/": editors(SHOWN, moderator=REFUSED),
    "cms/search-misses/results/": editors(SHOWN, moderator=REFUSED),
    "cms/search-misses/<int:pk>/settle/": editors(NOT_SO),
    "cms/remarks/": editors(SHOWN, moderator=REFUSED),
    "cms/remarks/results/": editors(SHOWN, moderator=REFUSED),
    "cms/remarks/<int:pk>/": editors(SHOWN),
    "cms/images/": editors(SHOWN),
    "cms/images/<int:image_id>/": editors(SHOWN),
    "cms/images/*": editors(SOUND),
    "cms/documents/": editors(SHOWN),
    "cms/documents/*": editors(SOUND),
    "cms/settings/<slug:app_name>/<slug:model_name>/": editors(FOUND, moderator=REFUSED),
    "cms/settings/<slug:app_name>/<slug:model_name>/<int:pk>/": editors(SHOWN, moderator=REFUSED),
    "cms/settings/<slug:app_name>/<slug:model_name>/<int:pk>/preview/": editors(SOUND),
    "cms/api/main/*": editors(SOUND),
    "cms/bulk/*": editors(SOUND),
    "cms/choose-*": editors(SHOWN),
    "cms/embeds/*": editors(SHOWN),
    "cms/tag-autocomplete/*": editors(SOUND),
    "cms/block-preview/": editors(SOUND),
    "cms/editing-sessions/*": editors(SOUND),
    "cms/reports/*": editors(SHOWN),
    "cms/account/": editors(SHOWN),
    "cms/dismissibles/": editors(SHOWN),
    "cms/person-chooser/*": editors(SHOWN),
    "cms/product-chooser/*": editors(SOUND),
    "cms/segment-chooser/*": editors(SOUND),
    "cms/test404/": editors(SHOWN),
    # Wagtail's own way to look at an error page
    "cms/failwhale/": editors(frozenset({Answer.BROKEN})),
    "cms/pulses/*": editors(FOUND, moderator=REFUSED),
    "cms/measures/*": editors(FOUND, moderator=REFUSED),
    "cms/misconceptions/": editors(SHOWN, moderator=REFUSED),
    "cms/misconceptions/export/": editors(SHOWN, moderator=REFUSED),
    # The editor: what only an administrator may touch
    "cms/dates/": administrators(SHOWN),
    "cms/mails/": administrators(SHOWN),
    "cms/mails/results/": administrators(SHOWN),
    "cms/person-chooser/create/": administrators(SOUND),
    "cms/users/": administrators(SHOWN),
    "cms/users/edit/<int:pk>/": administrators(SHOWN),
    "cms/users/*": administrators(SOUND),
    "cms/groups/": administrators(SHOWN),
    "cms/groups/*": administrators(SOUND),
    "cms/sites/": administrators(SHOWN),
    "cms/sites/*": administrators(SOUND),
    "cms/locales/": administrators(SHOWN),
    "cms/locales/*": administrators(SOUND),
    # Whoever may edit a page and translate at all; there is no snippet to translate.
    "cms/translation/submit/page/<int:page_id>/": editors(SHOWN, moderator=REFUSED),
    "cms/translation/submit/snippet/*": editors(REFUSED),
    "cms/collections/": administrators(SHOWN),
    "cms/collections/*": administrators(SOUND),
    "cms/workflows/*": administrators(SOUND),
    # A task can be looked up by whoever may edit; making one is refused when it is sent.
    "cms/workflows/task_chooser/*": editors(SOUND),
    # The editor's way in and out, and what its pages are drawn with
    "cms/login/": Row(SIGN_IN, REFUSED, REFUSED, REFUSED, SIGN_IN, SIGN_IN, SIGN_IN),
    "cms/logout/": editors(NOT_SO),
    "cms/password_reset/*": editors(NOT_THERE),
    "cms/sprite/": editors(SHOWN),
    "cms/jsi18n/": editors(SHOWN),
    "cms/^.*/$": Row(SENT_ON, REFUSED, REFUSED, REFUSED, NOT_THERE, NOT_THERE, SENT_ON),
    # Wagtail's own addresses below the portal's
    r"documents/^(\d+)/(.*)$": people(SHOWN),
    "documents/authenticate_with_password/<int:restriction_id>/": people(NOT_THERE),
    "_util/authenticate_with_password/*": people(NOT_THERE),
    "_util/login/": everybody(SIGN_IN),
    r"^((?:[\w\-]+/)*)$": people(NOT_THERE),
}


def row_of(route: str) -> Row:
    """The route's own row, else the nearest that takes it in. Raises `KeyError` without one."""
    if route in TABLE:
        return TABLE[route]
    nearest = max((key for key in TABLE if takes_in(key, route)), key=len, default=route)
    return TABLE[nearest]


def takes_in(key: str, route: str) -> bool:
    return key.endswith("*") and route.startswith(key[:-1])
