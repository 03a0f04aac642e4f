from django.urls import path

from . import own

app_name = "own_documents"
urlpatterns = [
    path("", own.documents, name="documents"),
    path("<int:number>/", own.document, name="document"),
    path("<int:number>/paper.pdf", own.paper, name="pdf"),
    path("services/<int:number>/confirm/", own.confirm, name="confirm"),
]
