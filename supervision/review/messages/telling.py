"""3103: what the doctor did about results."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from .values import Part, Text, most, rows, some


class Warn(Part):
    """What the doctor did about one result."""

    warn_rslt_id: Annotated[Text, some(40)]
    dspo_way: Literal["1", "2"]
    dspo_way_rea: Annotated[Text, most(500)] = ""

    @model_validator(mode="after")
    def is_reasoned(self) -> "Warn":
        if self.dspo_way == "1" and not self.dspo_way_rea:
            raise ValueError("dspo_way_rea is needed where the order goes on")
        return self


class Told(Part):
    """input.data of 3103."""

    warn_type: Literal["1", "2"]
    warns: Annotated[list[Warn], BeforeValidator(rows), Field(min_length=1, max_length=1000)]
