from .cases import State as Exposed
from .cases import TypicalCase, TypicalCaseEvent
from .claims import ErrorClaim, ErrorClaimEvent
from .claims import State as Claimed
from .excuses import Excuse
from .figures import Figure

__all__ = ["Claimed", "ErrorClaim", "ErrorClaimEvent", "Excuse", "Exposed", "Figure", "TypicalCase", "TypicalCaseEvent"]
