from django.urls import path

from .views import funds, indicators, prepayments, settlement, settlements

app_name = "payments"
urlpatterns = [
    path("settlements/", settlements.settlements, name="settlements"),
    path("settlements/declare/", settlements.declare_month, name="declare"),
    path("settlements/export.<str:form>", settlements.export, name="export"),
    path("settlements/<str:number>/", settlement.settlement, name="settlement"),
    path("settlements/<str:number>/move/", settlement.move, name="move"),
    path("settlements/<str:number>/claims/", settlement.claims, name="claims"),
    path("funds/", funds.funds, name="funds"),
    path("funds/tell/", funds.tell, name="tell_fund"),
    path("funds/<int:number>/publish/", funds.publish, name="publish_fund"),
    path("budgets/", funds.budgets, name="budgets"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/export.<str:form>", indicators.export, name="export_indicators"),
    path("prepayments/", prepayments.prepayments, name="prepayments"),
    path("prepayments/new/", prepayments.new, name="new_prepayment"),
    path("prepayments/<str:number>/", prepayments.prepayment, name="prepayment"),
    path("prepayments/<str:number>/move/", prepayments.move, name="move_prepayment"),
]
