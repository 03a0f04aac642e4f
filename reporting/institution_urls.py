from django.urls import path

from reporting import holding, institutions

app_name = "institutions"
urlpatterns = [
    path("", institutions.institutions, name="list"),
    path("export.<str:form>", institutions.export, name="export"),
    path("holds/", holding.holds, name="holds"),
    path("holds/export.<str:form>", holding.export, name="holds_export"),
    path("<str:code>/", institutions.institution, name="detail"),
]
