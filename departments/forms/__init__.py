from departments.forms.requirements import RequirementForm, TermsForm
from departments.forms.uploads import MOST_BYTES, UploadForm

__all__ = ["MOST_BYTES", "RequirementForm", "TermsForm", "UploadForm"]
