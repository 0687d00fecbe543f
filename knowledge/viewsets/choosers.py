"""How a brief's form chooses a product or a segment, and makes one that isn't there yet."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet

from knowledge.models import Product, Segment


class ProductChooserViewSet(ChooserViewSet):
    model = Product
    icon = "tag"
    choose_one_text = _("Choose a product")
    choose_another_text = _("Choose another product")
    edit_item_text = _("Open this product")
    create_action_label = _("Make it")
    creation_tab_label = _("New product")
    search_tab_label = _("All products")
    form_fields: ClassVar = ["name", "state", "description"]


class SegmentChooserViewSet(ChooserViewSet):
    model = Segment
    icon = "group"
    choose_one_text = _("Choose a segment")
    choose_another_text = _("Choose another segment")
    edit_item_text = _("Open this segment")
    create_action_label = _("Make it")
    creation_tab_label = _("New segment")
    search_tab_label = _("All segments")
    form_fields: ClassVar = ["name", "description"]


def market_choosers() -> list[ChooserViewSet]:
    return [
        ProductChooserViewSet("product_chooser", url_prefix="product-chooser"),
        SegmentChooserViewSet("segment_chooser", url_prefix="segment-chooser"),
    ]
