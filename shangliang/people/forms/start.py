"""The first office: the committee and the one who leads it; then who assigns and by when."""

import re
import secrets
from typing import Any

from django import forms
from django.urls import URLPattern, get_resolver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.setup_code import setup_code
from shangliang.foundation.codes import normalise_code
from shangliang.people.forms.lists import MOST_CHARACTERS, sentence
from shangliang.people.forms.office import LevelField, NamesForm
from shangliang.people.forms.sign_in import TwicePasswordForm
from shangliang.people.rules import UnitLine, parse_units
from shangliang.ui.forms import CleanCharField, CleanTextField, Form

_PREFIX = re.compile(r"[A-Z]{2,8}")
_SLUG = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")


def addresses_in_use() -> frozenset[str]:
    """Return the first words of all addresses of the product: a committee of that name would never be reached."""
    patterns = [
        one for mount in get_resolver().url_patterns for one in getattr(mount, "url_patterns", [mount])
    ]
    routes = [str(one.pattern) for one in patterns if isinstance(one, URLPattern)]
    return frozenset(route.partition("/")[0] for route in routes if not route.startswith("<"))


class BeginForm(NamesForm, TwicePasswordForm):
    """The first of the five screens."""

    code = CleanCharField(
        label=gettext_lazy("开办码"), max_length=40,
        help_text=gettext_lazy("启动程序的那个窗口里写着，8 个字母和数字。只用这一次，免得网上的陌生人抢先开办。"),
    )  # fmt: skip
    level = LevelField()
    prefix: Any = CleanCharField(
        label=gettext_lazy("编号前缀"), max_length=8,
        help_text=gettext_lazy("2 到 8 个字母，一般用地名的拼音首字母。编号会是 YC-2026-0001 这样，以后不能改。"),
    )  # fmt: skip
    slug = CleanCharField(
        label=gettext_lazy("网址里的名字"), max_length=40, required=False,
        help_text=gettext_lazy("不填就用前缀的小写。会印在海报上，以后不能改。"),
    )  # fmt: skip
    local_name = CleanCharField(
        label=gettext_lazy("“协商”在本地叫什么"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("例如：有事好商量。"),
    )
    person = CleanCharField(label=gettext_lazy("您的姓名"), max_length=40)
    login = CleanCharField(
        label=gettext_lazy("登录名"), max_length=40, required=False, help_text=gettext_lazy("不填就用姓名。")
    )
    field_order = [
        "code",
        "name",
        "short_name",
        "level",
        "prefix",
        "slug",
        "local_name",
        "person",
        "login",
        "password",
        "again",
    ]

    def clean_code(self) -> str:
        """Refuse anything but the instance's setup code."""
        typed = normalise_code(self.cleaned_data["code"])
        if not secrets.compare_digest(typed, setup_code()):
            raise forms.ValidationError(_("开办码不对。看看启动程序的那个窗口，再照着写一遍。"))
        return typed

    def clean_prefix(self) -> str:
        """Return capitals. Refuses anything but two to eight letters."""
        prefix: str = self.cleaned_data["prefix"].upper()
        if not _PREFIX.fullmatch(prefix):
            raise forms.ValidationError(_("前缀是 2 到 8 个英文字母。"))
        return prefix

    def clean_slug(self) -> str:
        """Return the name in addresses, made from the prefix when none was given."""
        slug: str = self.cleaned_data["slug"].lower() or self.cleaned_data.get("prefix", "").lower()
        if slug and not _SLUG.fullmatch(slug):
            raise forms.ValidationError(_("网址里的名字只用小写字母、数字和中间的短横。"))
        if slug and slug in addresses_in_use():
            raise forms.ValidationError(_("“%(slug)s”是别的页面的网址，换一个。") % {"slug": slug})
        return slug

    def office(self) -> dict[str, Any]:
        """Return what the action asks for."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("code", "again")}
        return {**said, "login": said["login"] or said["person"]}


class WorkForm(Form):
    """Who issues assignments, and which units there are."""

    authorities = CleanTextField(
        label=gettext_lazy("谁来交办"), rows=3, required=False, max_length=MOST_CHARACTERS,
        help_text=gettext_lazy("党委、政府或街道的办公机构，一行一个。商量出的建议由它们交办，政协自己不派任务。"),
    )  # fmt: skip
    units = CleanTextField(
        label=gettext_lazy("有哪些单位可能来办"), rows=7, required=False, max_length=MOST_CHARACTERS,
        help_text=gettext_lazy("一行一个，或用顿号隔开。公司一律用函去商量；别的单位要函商，就在名称后面写“函商”。"),
    )  # fmt: skip

    def _read(self, name: str) -> list[UnitLine]:
        rows, problems = parse_units(self.cleaned_data[name])
        if problems:
            raise forms.ValidationError([sentence(one) for one in problems[:20]])
        return rows

    def clean_authorities(self) -> list[UnitLine]:
        """Return the offices that assign."""
        return self._read("authorities")

    def clean_units(self) -> list[UnitLine]:
        """Return the units."""
        return self._read("units")
