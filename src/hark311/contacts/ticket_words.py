"""What people may come for, in words."""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy

from hark311.domain.tickets import Need

NEEDS: Mapping[Need, LazyText] = MappingProxyType(
    {
        Need.REPORT: gettext_lazy("Report something"),
        Need.STATUS: gettext_lazy("Ask about my report"),
        Need.QUESTION: gettext_lazy("Ask a question"),
        Need.OTHER: gettext_lazy("Something else"),
    }
)
