from django.urls import path

from . import desk

app_name = "documents"
urlpatterns = [
    path("", desk.documents, name="documents"),
    path("<int:number>/", desk.document, name="document"),
    path("<int:number>/paper.pdf", desk.paper, {"form": "pdf"}, name="pdf"),
    path("<int:number>/paper.docx", desk.paper, {"form": "docx"}, name="docx"),
    path("<int:number>/serve/", desk.serve, name="serve"),
    path("services/<int:number>/receive/", desk.receive, name="receive"),
]
