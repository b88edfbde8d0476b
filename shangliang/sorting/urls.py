"""Addresses of the scheme of kinds, the owner table and what nobody answers for."""

from django.urls import path

from shangliang.sorting.views import models_page, nobody, owner_rows, owners, scheme

app_name = "sorting"
urlpatterns = [
    path("sorting/", scheme.scheme, name="scheme"),
    path("sorting/import/", scheme.scheme_import, name="scheme_import"),
    path("sorting/kind/", scheme.category, name="category"),
    path("sorting/add/", scheme.category_add, name="category_add"),
    path("sorting/rename/", scheme.category_rename, name="category_rename"),
    path("sorting/retire/", scheme.category_retire, name="category_retire"),
    path("sorting/models/", models_page.models, name="models"),
    path("sorting/models/taken/", models_page.taken, name="models_taken"),
    path("sorting/nobody/", nobody.nobody, name="nobody"),
    path("sorting/owners/", owners.owners, name="owners"),
    path("sorting/owners/new/", owners.issue_new, name="issue_new"),
    path("sorting/owners/history/", owners.history, name="owners_history"),
    path("sorting/owners/<str:day>/", owners.issue, name="issue"),
    path("sorting/owners/<str:day>/print/", owners.issue_print, name="issue_print"),
    path("sorting/owners/<str:day>/import/", owner_rows.owners_import, name="owners_import"),
    path("sorting/owners/<str:day>/<str:verb>/", owner_rows.owner_step, name="owner_step"),
]
