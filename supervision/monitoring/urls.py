from django.urls import path

from .views import findings, rules, runs

app_name = "monitoring"

urlpatterns = [
    path("findings/", findings.findings, name="findings"),
    path("findings/export.<str:form>", findings.export, name="findings_export"),
    path("findings/<int:number>/", findings.finding, name="finding"),
    path("runs/", runs.runs, name="runs"),
    path("runs/start/", runs.start, name="start"),
    path("runs/<int:number>/", runs.run, name="run"),
    path("runs/<int:number>/progress/", runs.run, {"fragment": True}, name="progress"),
    path("runs/<int:number>/cancel/", runs.cancel, name="cancel"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:code>/", rules.rule, name="rule"),
]
