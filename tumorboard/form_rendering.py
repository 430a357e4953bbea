"""How is the widget of a field drawn?

A page may have two hundred of them. Jinja2 draws Django's own in a third of the time of Django's templates;
widgets that exist for the latter only, such as the administration's, are drawn by those.
"""

from functools import cached_property

from django.forms.renderers import DjangoTemplates, Jinja2

OF_BOTH = "django/forms/"


class QuickWidgets(Jinja2):
    @cached_property
    def slower(self) -> DjangoTemplates:
        return DjangoTemplates()

    def get_template(self, template_name):
        if template_name.startswith(OF_BOTH):
            return super().get_template(template_name)
        return self.slower.get_template(template_name)
