from .payouts import RewardPayment, RewardVoucher
from .rewards import Reward, RewardEvent, State
from .rules import RewardBand, RewardRule

__all__ = ["Reward", "RewardBand", "RewardEvent", "RewardPayment", "RewardRule", "RewardVoucher", "State"]
