"""Every deed by its code, in the order in which pages offer them."""

from collections.abc import Mapping
from types import MappingProxyType

from hark311.console.deeds import ending, filing, joining, photos, progress, words, work
from hark311.console.deeds.base import Deed

DEEDS: Mapping[str, Deed] = MappingProxyType(
    {
        deed.code: deed
        for module in (progress, ending, words, work, photos, filing, joining)
        for deed in module.DEEDS
    }
)
