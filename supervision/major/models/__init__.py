from .beside import Contact, Guidance, IssueLink, IssueReport, IssueTask, LeftSuggestion, Listing
from .interviews import Interview, InterviewEvent
from .issues import Issue, IssueEvent
from .reference import Ground, IssueLevel, Level

__all__ = [
    "Contact",
    "Ground",
    "Guidance",
    "Interview",
    "InterviewEvent",
    "Issue",
    "IssueEvent",
    "IssueLevel",
    "IssueLink",
    "IssueReport",
    "IssueTask",
    "LeftSuggestion",
    "Level",
    "Listing",
]
