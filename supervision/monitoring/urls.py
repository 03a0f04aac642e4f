from django.urls import path

from .views import again, findings, guards, quality, rules, runs

app_name = "monitoring"

urlpatterns = [
    path("findings/", findings.findings, name="findings"),
    path("findings/export.<str:form>", findings.export, name="findings_export"),
    path("findings/<int:number>/", findings.finding, name="finding"),
    path("findings/<int:number>/review/", findings.review, name="review"),
    path("findings/<int:number>/again/", again.again, name="again"),
    path("runs/", runs.runs, name="runs"),
    path("runs/start/", runs.start, name="start"),
    path("runs/<int:number>/", runs.run, name="run"),
    path("runs/<int:number>/progress/", runs.run, {"fragment": True}, name="progress"),
    path("runs/<int:number>/cancel/", runs.cancel, name="cancel"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:code>/", rules.rule, name="rule"),
    path("quality/", quality.quality, name="quality"),
    path("quality/<slug:code>/", quality.card, name="card"),
    path("holds/", guards.holds, name="holds"),
    path("holds/<int:number>/", guards.hold, name="hold"),
    path("holds/<int:number>/decide/", guards.decide, name="decide"),
    path("exemptions/", guards.exemptions, name="exemptions"),
    path("exemptions/new/", guards.ask, name="exemption_new"),
    path("exemptions/<int:number>/approve/", guards.approve, name="exemption_approve"),
    path("exemptions/<int:number>/end/", guards.end, name="exemption_end"),
]
