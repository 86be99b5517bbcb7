from ._base import Base
