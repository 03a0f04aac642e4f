from django.urls import path

from .views import own, prepayments, settlement

app_name = "own_payments"
urlpatterns = [
    path("settlements/", own.settlements, name="settlements"),
    path("settlements/<str:number>/", own.settlement, name="settlement"),
    path("settlements/<str:number>/move/", own.move, name="move"),
    path("settlements/<str:number>/claims/", settlement.own_claims, name="claims"),
    path("prepayments/", prepayments.own_prepayments, name="prepayments"),
    path("prepayments/<str:number>/", prepayments.own_prepayment, name="prepayment"),
    path("prepayments/<str:number>/move/", prepayments.own_move, name="move_prepayment"),
]
