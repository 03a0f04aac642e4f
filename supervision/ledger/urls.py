from django.urls import path

from .views import acting, bank, items, overview

app_name = "ledger"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("export.<str:form>", overview.export, name="export"),
    path("accounts/", overview.accounts, name="accounts"),
    path("items/", items.items, name="items"),
    path("items/export.<str:form>", items.export, name="items_export"),
    path("items/<int:number>/", items.item, name="item"),
    path("items/<int:number>/pay/", acting.pay, name="pay"),
    path("items/<int:number>/plan/", acting.plan, name="plan"),
    path("items/<int:number>/write-off/", acting.write_off, name="write_off"),
    path("items/<int:number>/repayment/", acting.repayment, name="repayment"),
    path("plans/<int:number>/move/", acting.move_plan, name="move_plan"),
    path("write-offs/<int:number>/move/", acting.move_write_off, name="move_write_off"),
    path("repayments/<int:number>/move/", acting.move_repayment, name="move_repayment"),
    path("repayments/<int:number>/repay/", acting.repay, name="repay"),
    path("entries/<int:number>/", items.entry, name="entry"),
    path("entries/<int:number>/take-back/", acting.take_back, name="take_back"),
    path("bank/", bank.files, name="bank_files"),
    path("bank/upload/", bank.upload, name="bank_upload"),
    path("bank/<int:number>/", bank.file, name="bank_file"),
    path("bank/<int:number>/again/", bank.again, name="bank_again"),
    path("bank/rows/<int:number>/move/", bank.move, name="move_row"),
]
