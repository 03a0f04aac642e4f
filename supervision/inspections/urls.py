from django.urls import path

from .views import draws, inspections, libraries, plans

app_name = "inspections"
urlpatterns = [
    path("", inspections.inspections, name="inspections"),
    path("new/", inspections.new, name="new"),
    path("libraries/", libraries.libraries, name="libraries"),
    path("libraries/list/", libraries.add, name="list_inspector"),
    path("libraries/experts/", libraries.add_expert, name="list_expert"),
    path("libraries/out/", libraries.take_out, name="unlist"),
    path("libraries/conflicts/", libraries.note_conflict, name="note_conflict"),
    path("plans/", plans.plans, name="plans"),
    path("plans/<str:number>/", plans.plan, name="plan"),
    path("plans/<str:number>/move/", plans.move, name="move_plan"),
    path("plans/<str:number>/lines/", plans.add_line, name="add_line"),
    path("plans/<str:number>/lines/drop/", plans.drop_line, name="drop_line"),
    path("plans/<str:number>/draw/", plans.draw, name="draw_line"),
    path("draws/", draws.draws, name="draws"),
    path("draws/<str:number>/", draws.draw, name="draw"),
    path("draws/<str:number>/publish/", draws.publish, name="publish_draw"),
    path("<str:number>/", inspections.inspection, name="inspection"),
    path("<str:number>/move/", inspections.move, name="move"),
    path("<str:number>/team/", inspections.team, name="team"),
    path("<str:number>/reason/", inspections.reason, name="reason"),
    path("<str:number>/findings/", inspections.write_down, name="write_down"),
    path("<str:number>/findings/lines/", inspections.name_charge, name="name_charge"),
    path("<str:number>/findings/strike/", inspections.strike, name="strike"),
    path("<str:number>/findings/vote/", inspections.vote, name="vote"),
    path("<str:number>/preserved/", inspections.decide_sealing, name="decide_sealing"),
]
