"""What the portal itself says: its brand, Today, and a person's own page."""

from portal.reports.brand import (
    BRAND_CACHE_KEY,
    Brand,
    brand_settings,
    current_brand,
    logo_file,
)
from portal.reports.myself import MyPage, my_page
from portal.reports.today import ModuleLine, Next, TodayCard, TodayPage, my_modules, today_page

__all__ = [
    "BRAND_CACHE_KEY",
    "Brand",
    "ModuleLine",
    "MyPage",
    "Next",
    "TodayCard",
    "TodayPage",
    "brand_settings",
    "current_brand",
    "logo_file",
    "my_modules",
    "my_page",
    "today_page",
]
