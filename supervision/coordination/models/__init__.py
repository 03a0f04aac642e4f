from .packages import Package, PackageEvent, Reading, SharedField
from .partners import Allowance, Partner

__all__ = ["Allowance", "Package", "PackageEvent", "Partner", "Reading", "SharedField"]
