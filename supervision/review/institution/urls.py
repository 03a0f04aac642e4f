from django.urls import path

from . import connection, reminders, rules, sandbox, self_checks

app_name = "own"
urlpatterns = [
    path("connection/", connection.connection, name="connection"),
    path("connection/answers/", connection.answers, name="answers"),
    path("connection/keys/", connection.open_key, name="open_key"),
    path("connection/keys/<int:number>/secret/", connection.show_secret, name="show_secret"),
    path("connection/keys/<int:number>/close/", connection.close_key, name="close_key"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/export.<str:form>", reminders.export, name="reminders_export"),
    path("reminders/<int:number>/answer/", reminders.answer, name="answer"),
    path("rules/", rules.rules, name="rules"),
    path("rules/<slug:code>/", rules.rule, name="rule"),
    path("sandbox/", sandbox.sandbox, name="sandbox"),
    path("self-check/", self_checks.self_checks, name="self_checks"),
    path("self-check/<int:number>/", self_checks.self_check, name="self_check"),
    path("self-check/<int:number>/progress/", self_checks.progress, name="self_check_progress"),
    path("self-check/<int:number>/export.<str:form>", self_checks.export, name="self_check_export"),
    path("self-check/<int:number>/rejects.csv", self_checks.rejects, name="self_check_rejects"),
]
