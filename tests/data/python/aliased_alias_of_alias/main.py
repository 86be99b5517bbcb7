from b import work as mine
mine()
