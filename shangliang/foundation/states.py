"""The state table of publication: prepared → reviewed → published → withdrawn with reason."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation import roles
from shangliang.foundation.lifecycle import Machine, Move


class PublicationState(models.TextChoices):
    PREPARED = "prepared", _("已拟稿")
    REVIEWED = "reviewed", _("已审核")
    PUBLISHED = "published", _("已公布")
    WITHDRAWN = "withdrawn", _("已撤下")


REVIEW_DONE = Move(
    "publication.review",
    _("审核通过"),
    (PublicationState.PREPARED,),
    PublicationState.REVIEWED,
    (roles.REVIEWER, roles.LEADER),
)
PUBLISH = Move(
    "publication.publish", _("公布"), (PublicationState.REVIEWED,), PublicationState.PUBLISHED, roles.OFFICE
)
WITHDRAW = Move(
    "publication.withdraw",
    _("撤下"),
    (PublicationState.PREPARED, PublicationState.REVIEWED, PublicationState.PUBLISHED),
    PublicationState.WITHDRAWN,
    roles.OFFICE,
)

PUBLICATION = Machine(
    "publication", PublicationState, PublicationState.PREPARED, (REVIEW_DONE, PUBLISH, WITHDRAW)
)
MACHINES = (PUBLICATION,)

# Facts noted in the ledger that change no state, in words for its page.
FACTS = {
    "publication.prepare": _("拟公开文字"),
    "publication.read": _("审核公开文字"),
    "publication.show_to_unit": _("给单位看公开文字"),
    "publication.unit_answer": _("单位回话"),
}
