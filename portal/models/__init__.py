from portal.models.branding import BrandSettings
from portal.models.mail import Mail, MailSettings
from portal.models.people import EDITING_PERMISSION, User, UserManager, UserQuerySet
from portal.models.privacy import PersonView, PrivacySettings

__all__ = [
    "EDITING_PERMISSION",
    "BrandSettings",
    "Mail",
    "MailSettings",
    "PersonView",
    "PrivacySettings",
    "User",
    "UserManager",
    "UserQuerySet",
]
