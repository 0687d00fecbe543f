from knowledge.models.append_only import AppendOnly, AppendOnlyError, AppendOnlyQuerySet
from knowledge.models.approval import SecondPersonTask
from knowledge.models.briefs import BriefIndexPage, BriefPage, Fact
from knowledge.models.changes import Change, ChangePlan
from knowledge.models.imports import ImportRun
from knowledge.models.keyed import KeyedChild
from knowledge.models.media import PortalDocument, PortalImage, PortalRendition
from knowledge.models.modules import LearnIndexPage, LessonPage, LessonReading, ModulePage
from knowledge.models.pages import HomePage, KeptPage, KnowledgePage
from knowledge.models.products import (
    BrandPositioning,
    Channel,
    Product,
    Segment,
    SegmentMessage,
)
from knowledge.models.promise_versions import PromiseVersion
from knowledge.models.promises import Claim, PromiseIndexPage, PromisePage
from knowledge.models.quiz_days import OpensAgain
from knowledge.models.remarks import Remark
from knowledge.models.verifications import Verification
from knowledge.models.words import CustomerWord, SearchMiss

__all__ = [
    "AppendOnly",
    "AppendOnlyError",
    "AppendOnlyQuerySet",
    "BrandPositioning",
    "BriefIndexPage",
    "BriefPage",
    "Change",
    "ChangePlan",
    "Channel",
    "Claim",
    "CustomerWord",
    "Fact",
    "HomePage",
    "ImportRun",
    "KeptPage",
    "KeyedChild",
    "KnowledgePage",
    "LearnIndexPage",
    "LessonPage",
    "LessonReading",
    "ModulePage",
    "OpensAgain",
    "PortalDocument",
    "PortalImage",
    "PortalRendition",
    "Product",
    "PromiseIndexPage",
    "PromisePage",
    "PromiseVersion",
    "Remark",
    "SearchMiss",
    "SecondPersonTask",
    "Segment",
    "SegmentMessage",
    "Verification",
]
