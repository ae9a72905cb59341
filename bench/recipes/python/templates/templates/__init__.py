"""Small text templates: `{{ name }}`, `{{ name | upper }}`, `{% if name %}…{% end %}`, `{% for x in names %}…{% end %}`."""

from .render import TemplateError, render

__all__ = ["TemplateError", "render"]
