from django.urls import path

from .views import funds

app_name = "fund_figures"
urlpatterns = [path("", funds.public, name="figures")]
