from knowledge.forms.claims import LowerClaimForm
from knowledge.forms.lists import (
    BriefListForm,
    LenientChoiceField,
    ListForm,
    ModuleListForm,
    PromiseListForm,
    WordsField,
)
from knowledge.forms.remarks import RemarkForm, ReplyForm

__all__ = [
    "BriefListForm",
    "LenientChoiceField",
    "ListForm",
    "LowerClaimForm",
    "ModuleListForm",
    "PromiseListForm",
    "RemarkForm",
    "ReplyForm",
    "WordsField",
]
