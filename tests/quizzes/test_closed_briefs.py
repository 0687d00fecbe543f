"""What a brief said, and says, is told to nobody once it is closed."""

from datetime import datetime

import pytest
from django.test import Client

from knowledge.models import BriefPage
from quizzes.reports import change_check, changes_waiting
