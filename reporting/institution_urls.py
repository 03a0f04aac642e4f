from django.urls import path

from reporting import institutions

app_name = "institutions"
urlpatterns = [
    path("", institutions.institutions, name="list"),
    path("export.<str:form>", institutions.export, name="export"),
    path("<str:code>/", institutions.institution, name="detail"),
]
