from .applications import Application, ApplicationEvent, ApplicationFile, ChecklistAnswer, Standing
from .appraisals import Appraisal
from .assessments import Assessment, Score
from .contracts import Contract, ContractEvent, Signature, Stage
from .objections import Objection, ObjectionEvent, Reply
from .reference import ContractTemplate, Criterion, PerformanceBand, Threshold

__all__ = [
    "Application", "ApplicationEvent", "ApplicationFile", "Appraisal", "Assessment", "ChecklistAnswer", "Contract",
    "ContractEvent", "ContractTemplate", "Criterion", "Objection", "ObjectionEvent", "PerformanceBand", "Reply",
    "Score", "Signature", "Stage", "Standing", "Threshold",
]  # fmt: skip
