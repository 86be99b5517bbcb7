import pytest

from shop import Cart


@pytest.fixture
def cart():
    return Cart()


def test_total(cart):
    assert cart.total() == 1
