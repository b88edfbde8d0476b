"""Committees, areas, organisations, persons and the appointments they act in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation import roles
from shangliang.foundation.models import Record


class Level(models.TextChoices):
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    DISTRICT = "district", _("区县级")
    GROUP = "group", _("街道（乡镇）联络组")


class AreaKind(models.TextChoices):
    STREET = "street", _("街道")
    TOWN = "town", _("乡镇")
    COMMUNITY = "community", _("社区")
    VILLAGE = "village", _("村")


class OrganisationKind(models.TextChoices):
    DEPARTMENT = "department", _("部门")
    STREET = "street", _("街道（乡镇）")
    COMMUNITY = "community", _("社区（村）")
    SCHOOL = "school", _("学校")
    PUBLIC_INSTITUTION = "public_institution", _("事业单位")
    COMPANY = "company", _("企业")
    SOCIAL = "social", _("社会组织")
    AUTHORITY = "authority", _("党委政府办公机构")


class Role(models.TextChoices):
    CLERK = roles.CLERK, _("经办人")
    LEADER = roles.LEADER, _("办公室负责人")
    REVIEWER = roles.REVIEWER, _("审核人")
    OFFICER = roles.OFFICER, _("专办员")
    ADMIN = roles.ADMIN, _("管理员")
    KEEPER = roles.KEEPER, _("直报点联络人")
    MEMBER = roles.MEMBER, _("委员")
    UNIT = roles.UNIT, _("单位经办人")
    AUTHORITY = roles.AUTHORITY, _("交办主体经办人")


class Committee(Record):
    """A consultative committee or a street liaison group: the owner of rows, a node of the tree."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    short_name = models.CharField(max_length=20)
    prefix = models.CharField(max_length=8, help_text=_("编号前缀，例如 YC"))
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.DISTRICT)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    is_example = models.BooleanField(default=False)
    is_complete = models.BooleanField(default=True)
    opened_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["prefix"], name="committee_prefix_once")]

    class Privacy:
        public = (
            "id",
            "slug",
            "name",
            "short_name",
            "prefix",
            "level",
            "parent",
            "is_example",
            "is_complete",
            "opened_at",
        )

    def __str__(self) -> str:
        return self.name


class Area(Record):
    """A street or a community of a committee's district."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=AreaKind.choices)
    name = models.CharField(max_length=40)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["committee", "parent", "name"], name="area_name_once_in_parent"),
            models.UniqueConstraint(
                fields=["committee", "name"], condition=models.Q(parent=None), name="area_name_once_at_top"
            ),
        ]

    class Privacy:
        public = ("id", "committee", "kind", "name", "parent")

    def __str__(self) -> str:
        return self.name


class Organisation(Record):
    """A department, street, school, company …; ``is_issuing_authority`` may assign work, ``by_letter`` is asked by 函商."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(max_length=60)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_issuing_authority = models.BooleanField(default=False)
    by_letter = models.BooleanField(default=False)
    phone = models.CharField(max_length=40, blank=True)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="organisation_name_once")]

    class Privacy:
        public = ("id", "committee", "kind", "name", "area", "is_issuing_authority", "by_letter")
        staff = ("phone",)

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """What Django's sign-in asks of the user table."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(login=username)


class Person(AbstractBaseUser, Record):
    """Somebody with an account: staff, members, handlers of units. Residents never have one."""

    login = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=40)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: Any = PersonManager()
    unscoped: Any = PersonManager()

    class Meta(Record.Meta):
        pass

    class Privacy:
        staff = ("id", "login", "name", "is_active", "last_login")
        secret = ("email", "password")

    def __str__(self) -> str:
        return self.name


class Appointment(Record):
    """A role a person holds at a committee, or for an organisation towards that committee."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="appointments")
    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    role = models.CharField(max_length=12, choices=Role.choices)
    title = models.CharField(max_length=40, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    wants_digest = models.BooleanField(default=True)  # the daily word of what waits for this appointment

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person", "committee", "organisation", "role"],
                condition=models.Q(until_on=None),
                name="appointment_once_for_organisation",
            ),
            models.UniqueConstraint(
                fields=["person", "committee", "role"],
                condition=models.Q(until_on=None, organisation=None),
                name="appointment_once_at_committee",
            ),
            models.CheckConstraint(
                condition=~models.Q(role__in=[roles.UNIT, roles.AUTHORITY])
                | models.Q(organisation__isnull=False),
                name="appointment_unit_has_organisation",
            ),
        ]

    class Privacy:
        staff = (
            "id",
            "person",
            "committee",
            "organisation",
            "role",
            "title",
            "from_on",
            "until_on",
            "wants_digest",
        )


class Invitation(Record):
    """A one-time link by which a person sets a first password."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta(Record.Meta):
        pass

    class Privacy:
        staff = ("id", "person", "committee", "made_at", "expires_at", "used_at")
        secret = ("token_digest",)


class Setting(Record):
    """One difference of one committee: a day count, a label, how many reviewers. Defaults are in settings_of.py."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=60)
    value = models.JSONField()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["committee", "key"], name="setting_once")]

    class Privacy:
        staff = ("id", "committee", "key", "value")


class RealOutcome(models.TextChoices):
    DONE = "done", _("已解决")
    PARTLY_DONE = "partly_done", _("部分解决")
    IN_PROGRESS = "in_progress", _("正在办理")
    PLANNED = "planned", _("列入计划")
    NOT_FEASIBLE = "not_feasible", _("做不了，已说明")
    REFERENCE = "reference", _("留作参考")


class OutcomeLetter(Record):
    """A local letter (A, B, C …) for what came of an assignment, tied to the real outcome it stands for."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    letter = models.CharField(max_length=4)
    label = models.CharField(max_length=40)
    real_outcome = models.CharField(max_length=16, choices=RealOutcome.choices)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["committee", "letter"], name="outcome_letter_once")]

    class Privacy:
        public = ("id", "committee", "letter", "label", "real_outcome")
