"""Which days a figure counts."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.ui.forms import DayField, Form


class PeriodForm(Form):
    """From one day to another, or as it was known at the end of one day; never both. Its parameters are those of the address."""

    to = DayField(label=gettext_lazy("到哪天"), required=False)
    as_of = DayField(label=gettext_lazy("截至哪天记下的"), required=False)
    field_order = ("from", "to", "as_of")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from"] = DayField(label=gettext_lazy("从哪天"), required=False)
        self.order_fields(self.field_order)

    def clean(self) -> dict:
        """Refuse a period and an as-of day together, and a period that ends before it begins."""
        said = super().clean() or {}
        first, last = said.get("from"), said.get("to")
        if said.get("as_of") and (first or last):
            self.add_error("as_of", _("“截至哪天”和“从哪天到哪天”只能选一种。"))
        if first and last and last < first:
            self.add_error("to", _("结束的日子在开始之前，请看看是不是写反了。"))
        return said

    def days(self) -> dict:
        """Return what scope_of takes; no limits where the form is wrong."""
        said = self.cleaned_data if self.is_valid() else {}
        return {"from_on": said.get("from"), "to_on": said.get("to"), "as_of": said.get("as_of")}
