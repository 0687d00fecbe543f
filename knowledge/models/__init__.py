from knowledge.models.briefs import BriefIndexPage, BriefPage, Fact
from knowledge.models.imports import ImportRun
from knowledge.models.keyed import KeyedChild
from knowledge.models.media import PortalDocument, PortalImage, PortalRendition
from knowledge.models.modules import LearnIndexPage, LessonPage, LessonReading, ModulePage
from knowledge.models.pages import HomePage, KnowledgePage
from knowledge.models.promises import Claim, PromiseIndexPage, PromisePage

__all__ = [
    "BriefIndexPage",
    "BriefPage",
    "Claim",
    "Fact",
    "HomePage",
    "ImportRun",
    "KeyedChild",
    "KnowledgePage",
    "LearnIndexPage",
    "LessonPage",
    "LessonReading",
    "ModulePage",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "PromiseIndexPage",
    "PromisePage",
]
