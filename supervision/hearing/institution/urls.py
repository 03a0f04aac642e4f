from django.urls import path

from supervision.hearing.institution import answers, files, findings

app_name = "answering"
urlpatterns = [
    path("", findings.findings, name="findings"),
    path("<int:number>/", findings.finding, name="finding"),
    path("<int:number>/rule/", findings.rule, name="rule"),
    path("<int:number>/receipt/", findings.receipt, name="receipt"),
    path("<int:number>/drafts/", answers.drafts, name="drafts"),
    path("<int:number>/all/", answers.same_for_all, name="all"),
    path("<int:number>/check/", answers.check, name="check"),
    path("<int:number>/send/", answers.send, name="send"),
    path("lines/<int:number>/", answers.draft, name="draft"),
    path("files/<int:number>/", files.download, name="file"),
    path("files/<int:number>/remove/", files.remove, name="remove"),
]
