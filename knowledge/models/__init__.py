from knowledge.models.briefs import BriefIndexPage, BriefPage, Fact
from knowledge.models.keyed import KeyedChild
from knowledge.models.media import PortalDocument, PortalImage, PortalRendition
from knowledge.models.modules import LearnIndexPage, LessonPage, LessonReading, ModulePage
from knowledge.models.pages import HomePage, KnowledgePage

__all__ = [
    "BriefIndexPage",
    "BriefPage",
    "Fact",
    "HomePage",
    "KeyedChild",
    "KnowledgePage",
    "LearnIndexPage",
    "LessonPage",
    "LessonReading",
    "ModulePage",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
]
