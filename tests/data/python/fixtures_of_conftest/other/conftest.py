import pytest

from shop import Order


@pytest.fixture
def cart():
    return Order()
