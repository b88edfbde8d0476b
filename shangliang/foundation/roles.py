"""The roles a viewer can act in. A state table names them; a person holds them through appointments."""

from typing import Final

CLERK: Final = "clerk"  # 经办人: screening, topics, consultations, lists
LEADER: Final = "leader"  # 办公室负责人: decisions, opening points, everything a clerk does
REVIEWER: Final = "reviewer"  # 审核人: reads public words before they are published
OFFICER: Final = "officer"  # 专办员: one of the two named officers of the locked queue
ADMIN: Final = "admin"  # 管理员: people, settings, the day table
KEEPER: Final = "keeper"  # 直报点联络人: state of a point and public texts only
MEMBER: Final = "member"  # 委员
UNIT: Final = "unit"  # 承办单位经办人
AUTHORITY: Final = "authority"  # 交办主体经办人

REPORTER: Final = "reporter"  # whoever holds a receipt
LINK: Final = "link"  # whoever holds a one-time link
SEAT: Final = "seat"
BALLOT: Final = "ballot"
CLIENT: Final = "client"
PUBLIC: Final = "public"
SYSTEM: Final = "system"

OFFICE: Final = (CLERK, LEADER)
STAFF: Final = (CLERK, LEADER, REVIEWER, OFFICER, ADMIN, KEEPER, MEMBER, UNIT, AUTHORITY)
EVERY_ROLE: Final = (*STAFF, REPORTER, LINK, SEAT, BALLOT, CLIENT, PUBLIC, SYSTEM)
