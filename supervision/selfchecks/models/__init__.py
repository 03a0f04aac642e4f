from .campaigns import Campaign, CampaignEvent, Localisation, Problem
from .reports import Answer, Drawn, Report, ReportedLine, ReportEvent
from .rules import Leniency

__all__ = [
    "Answer",
    "Campaign",
    "CampaignEvent",
    "Drawn",
    "Leniency",
    "Localisation",
    "Problem",
    "Report",
    "ReportEvent",
    "ReportedLine",
]
