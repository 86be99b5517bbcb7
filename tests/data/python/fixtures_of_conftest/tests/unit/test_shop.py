class TestCart:
    def test_total(self, cart):
        assert cart.total() == 1
