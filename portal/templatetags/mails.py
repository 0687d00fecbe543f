"""Mails: when the next one comes, and how they look.

Mail programs read no style sheet of ours, so each tag carries its own style.
"""

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from knowledge.models import ModulePage
from portal.branding import AccentTokens
from portal.mailing import About, NextMail
from portal.models import User
from portal.reports.mailing import MyMails
from portal.reports.mailing import my_mails as report

register = template.Library()

OTHERS = {
    About.NUDGE: _("A word from your head"),
    About.TIME_ANSWERED: _("Your request for time"),
    About.TIME_ASKED: _("A request for time"),
    About.TEAM: _("Your week as a head"),
}
FONT = "font-family:'Segoe UI',Helvetica,Arial,sans-serif;"
# The portal's own grounds and inks on paper; at night, see `templates/portal/mail/base.html`.
LOOKS = {
    "page": "margin:0;padding:0;background-color:#faf8f4;",
    "outer": "width:100%;background-color:#faf8f4;border-collapse:collapse;",
    "gap": "padding:24px 12px;",
    "sheet": "width:100%;max-width:560px;background-color:#ffffff;border-collapse:collapse;"
    "border-top:6px solid {line};text-align:left;",
    "head": FONT + "padding:20px 24px 0;font-size:15px;line-height:22px;color:#4a5058;",
    "body": FONT + "padding:12px 24px 24px;font-size:17px;line-height:26px;color:#1f2328;",
    "foot": FONT + "padding:16px 24px 24px;font-size:14px;line-height:21px;color:#4a5058;"
    "border-top:1px solid #ddd7cc;",
    "title": FONT + "margin:0 0 12px;font-size:23px;line-height:30px;font-weight:700;"
    "color:#1f2328;",
    "subtitle": FONT + "margin:28px 0 4px;font-size:17px;line-height:26px;font-weight:700;"
    "color:#1f2328;",
    "text": "margin:0 0 16px;",
    "line": "margin:0;padding:12px 0;border-top:1px solid #ddd7cc;",
    "last": "margin:0;padding:24px 0 0;border-top:1px solid #ddd7cc;",
    "quote": "margin:8px 0 0;padding:0 0 0 12px;border-left:3px solid {line};",
    "figures": "width:100%;border-collapse:collapse;margin:0 0 16px;",
    "cell": FONT + "padding:8px 0;font-size:16px;line-height:23px;color:#1f2328;"
    "border-top:1px solid #ddd7cc;vertical-align:top;",
    "figure": FONT + "padding:8px 0 8px 16px;font-size:16px;line-height:23px;color:#1f2328;"
    "border-top:1px solid #ddd7cc;text-align:right;vertical-align:top;",
    "link": "color:{accent};text-decoration:underline;",
    "button": FONT + "display:inline-block;padding:13px 22px;font-size:17px;line-height:22px;"
    "font-weight:700;color:{on_accent};background-color:{accent};text-decoration:none;"
    "border-radius:6px;",
}


@register.simple_tag(takes_context=True)
def look(context: Context, name: str) -> SafeString:
    """The style of one tag, and its class for the night."""
    accent: AccentTokens = context["accent"]
    light = accent.light
    style = LOOKS[name].format(
        accent=light.accent, on_accent=light.on_accent, line=light.accent_line
    )
    return format_html('class="m-{}" style="{}"', name, style)


@register.simple_tag
def my_mails(person: User) -> MyMails:
    return report(person, at=timezone.now())


@register.filter
def mail_title(mail: NextMail, modules: dict[int, ModulePage]) -> str:
    """What it is about: a module by its name, all else by what it is."""
    obligation = mail.obligation
    if obligation.about.is_of_module and obligation.key in modules:
        title: str = modules[obligation.key].title
        return title
    return str(OTHERS.get(obligation.about, ""))
