"""The small city of residents' pages."""

from tests.channels.web.conftest import city

__all__ = ["city"]
