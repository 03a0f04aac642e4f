from django.urls import path

from .views import agreements, applications, objections, own, public

app_name = "designation"
urlpatterns = [
    path("desk/designation/", applications.applications, name="applications"),
    path("desk/designation/<str:number>/", applications.application, name="application"),
    path("desk/designation/<str:number>/move/", applications.move, name="move"),
    path("desk/designation/<str:number>/score/", applications.score, name="score"),
    path("desk/designation/<str:number>/third-party/", applications.third_party, name="third_party"),
    path("desk/designation/<str:number>/agree/", applications.agree, name="agree"),
    path("desk/designation/files/<int:number>/take/", applications.download, name="file"),
    path("desk/designation/objections/<str:number>/", objections.objection, name="objection"),
    path("desk/designation/objections/<str:number>/move/", objections.move, name="objection_move"),
    path("desk/agreements/", agreements.agreements, name="agreements"),
    path("desk/agreements/<str:number>/", agreements.agreement, name="agreement"),
    path("desk/agreements/<str:number>/move/", agreements.move, name="agreement_move"),
    path("desk/agreements/<str:number>/terms/", agreements.terms, name="terms"),
    path("desk/agreements/<str:number>/renew/", agreements.renew, name="renew"),
    path("desk/agreements/<str:number>/supplement/", agreements.supplement, name="supplement"),
    path("desk/agreements/<str:number>/appraise/", agreements.appraise, name="appraise"),
    path("desk/agreements/appraisals/<int:number>/confirm/", agreements.confirm, name="confirm"),
    path("institution/application/", own.applications, name="own_applications"),
    path("institution/application/<str:number>/", own.application, name="own_application"),
    path("institution/application/<str:number>/move/", own.move, name="own_move"),
    path("institution/application/<str:number>/write/", own.write, name="own_write"),
    path("institution/application/<str:number>/files/", own.enclose, name="own_enclose"),
    path("institution/application/files/<int:number>/take/", own.download, name="own_file"),
    path("institution/application/files/<int:number>/remove/", own.take_back, name="own_file_remove"),
    path("institution/agreements/", own.agreements, name="own_agreements"),
    path("institution/agreements/<str:number>/", own.agreement, name="own_agreement"),
    path("institution/agreements/<str:number>/move/", own.agreement_move, name="own_agreement_move"),
    path("designated/", public.designated, name="designated"),
    path("designated/terminated/", public.terminated, name="terminated"),
    path("designated/publicised/", public.publicised, name="publicised"),
    path("designated/verify/", public.verify, name="verify"),
]
