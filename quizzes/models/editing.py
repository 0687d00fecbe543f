from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm


class QuestionForm(WagtailAdminModelForm):
    """Lets a draft be incomplete, and says where what is missing before it may go live."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.is_deferred_validation:
            options = self.kept("options")
            facts = {citation.fact_key for citation in self.kept("citations")} - {""}
            for place, remedy in self.instance.gaps(options, facts):
                self.add_gap(place, remedy)

    def kept(self, relation: str) -> list[Any]:
        formset = self.formsets[relation]
        formset.is_valid()
        return [
            form.instance
            for form in formset.forms
            if form not in formset.deleted_forms and (form.instance.pk or form.has_changed())
        ]

    def add_gap(self, place: str, remedy: Any) -> None:
        if place in self.formsets:
            self.formsets[place].non_form_errors().append(remedy)
            self.add_error(None, remedy)
        else:
            self.add_error(place, remedy)
