from tables import TABLE

TABLE["a"]()
