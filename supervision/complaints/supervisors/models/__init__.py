from .supervisors import Appraisal, Category, SocialSupervisor, SocialSupervisorEvent, State
from .work import SupervisorLead, SupervisorTask

__all__ = [
    "Appraisal", "Category", "SocialSupervisor", "SocialSupervisorEvent", "State", "SupervisorLead", "SupervisorTask",
]  # fmt: skip
