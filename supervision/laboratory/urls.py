from django.urls import path

from .views import comparisons, editor, rules, versions

app_name = "laboratory"

urlpatterns = [
    path("", versions.versions, name="versions"),
    path("new/", editor.new, name="new"),
    path("rules/<slug:code>/", rules.history, name="history"),
    path("rules/<slug:code>/difference/", rules.difference, name="difference"),
    path("rules/<slug:code>/text/", editor.text, name="text"),
    path("rules/<slug:code>/parameters/", editor.parameters, name="parameters"),
    path("rules/<slug:code>/back/", rules.back, name="back"),
    path("rules/<slug:code>/page.sql", rules.export, name="export_rule"),
    path("versions/<int:number>/", versions.version, name="version"),
    path("versions/<int:number>/move/", versions.move, name="move"),
    path("versions/<int:number>/page.sql", versions.export, name="export"),
    path("versions/<int:number>/back-test/", comparisons.start, name="back_test"),
    path("comparisons/<int:number>/", comparisons.comparison, name="comparison"),
    path("comparisons/<int:number>/progress/", comparisons.comparison, {"fragment": True}, name="progress"),
    path("samples/<int:number>/", comparisons.sample, name="sample"),
]
