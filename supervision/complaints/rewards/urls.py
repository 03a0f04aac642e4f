from django.urls import path

from . import portal
from .views import listing, reward

app_name = "rewards"
urlpatterns = [
    path("report/reward/", portal.own, name="own"),
    path("desk/rewards/", listing.rewards, name="rewards"),
    path("desk/rewards/new/", listing.new, name="new"),
    path("desk/rewards/<str:number>/", reward.reward, name="reward"),
    path("desk/rewards/<str:number>/move/", reward.move, name="move"),
]
